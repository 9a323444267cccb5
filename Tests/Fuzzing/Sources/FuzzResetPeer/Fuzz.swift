import ResetPeer

/// The function that libFuzzer calls with each input.
///
/// - Parameters:
///   - data: The input.
///   - size: Its length in bytes.
/// - Returns: 0, which tells libFuzzer to keep the input if it reached new code.
@c(LLVMFuzzerTestOneInput)
public func fuzzResetPeer(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let script = Script(Array(UnsafeBufferPointer(start: data, count: size)))
    var driver = Driver(script)
    for event in script.events {
        driver.play(event)
        driver.checkThatResetComes()
    }
    driver.liftEverything()
    compareCuts(of: script)
    return 0
}

/// However a stream is cut, the same is observed and ordered at the end of each event.
private func compareCuts(of script: Script) {
    let ample: UInt64 = 1 << 30
    var whole = Driver(script, capacity: ample)
    var cut = Driver(script, pieces: 1, capacity: ample)
    for event in script.events {
        whole.play(event)
        cut.play(event)
        // What an upstream says into half a head is a greeting or an answer depending on when it comes.
        if whole.observations.contains(where: isUnaskedWord) { return }
        check(whole.observations == cut.observations, "observed \(whole.observations), cut \(cut.observations)")
        check(whole.directive == cut.directive, "directed \(whole.directive), cut \(cut.directive)")
    }
}

private func isUnaskedWord(_ observation: Observation) -> Bool {
    observation == .protocolRecognized(.malformed("an upstream that speaks unasked"))
}
