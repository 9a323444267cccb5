/// The function that libFuzzer calls with each input.
///
/// - Parameters:
///   - data: The input.
///   - size: Its length in bytes.
/// - Returns: 0, which tells libFuzzer to keep the input if it reached new code.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    target.play(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// The target of this process, which `--target=NAME` chooses; libFuzzer passes over options with two dashes.
private let target: FuzzTarget = {
    let option = "--target="
    let name = CommandLine.arguments.first { $0.hasPrefix(option) }?.dropFirst(option.count)
    if let name, let target = FuzzTarget(rawValue: String(name)) { return target }
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("\(option)NAME is missing; the names are \(names)")
}()
