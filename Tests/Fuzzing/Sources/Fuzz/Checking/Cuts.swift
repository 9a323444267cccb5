/// Ways of cutting a stream into chunks, the same ones each time for the same stream.
enum Cuts {
    /// Calls a body with the bounds of the chunks of each way: whole, byte by byte unless that takes long, and in ways
    /// that a draw decides.
    static func each(of stream: [UInt8], _ body: ([Range<Int>]) -> Void) {
        body([stream.indices])
        if stream.count <= 8192 { body(stream.indices.map { $0..<$0 + 1 }) }
        var seed = UInt64(stream.count)
        for byte in stream.prefix(256) { seed = seed &* 31 &+ UInt64(byte) }
        for longest in stream.count <= 8192 ? [7, 500] : [5000] {
            var chunks: [Range<Int>] = []
            var start = 0
            while start < stream.count {
                // The constants of a linear congruential generator by Knuth; its upper bits are the good ones.
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let end = min(stream.count, start + 1 + Int(seed >> 33) % longest)
                chunks.append(start..<end)
                start = end
            }
            body(chunks)
        }
    }
}

/// An input in which two NULs stand for many bytes, so that limits are within the reach of short inputs: the byte in front
/// of them is repeated, 1,024 times the number of the byte behind them.
///
/// It takes two, because long streams are slow and mutations should meet them rarely.
///
/// - Parameters:
///   - input: The input.
///   - limit: The most bytes that are added.
/// - Returns: The stream.
func expanded(_ input: [UInt8], by limit: Int = 144 * 1024) -> [UInt8] {
    var stream: [UInt8] = []
    stream.reserveCapacity(input.count)
    var rest = input[...]
    var room = limit
    while let byte = rest.popFirst() {
        guard byte == 0, let last = stream.last, rest.first == 0, let number = rest.dropFirst().first else {
            stream.append(byte)
            continue
        }
        let count = min(Int(number) * 1024, room)
        stream += repeatElement(last, count: count)
        room -= count
        rest = rest.dropFirst(2)
    }
    return stream
}
