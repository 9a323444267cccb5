/// Ways of cutting a stream into chunks, the same ones each time for the same stream.
enum Cuts {
    /// Calls a body with the bounds of the chunks of each way: whole, byte by byte while that takes no time, and two ways
    /// that a draw decides.
    static func each(of stream: [UInt8], _ body: ([Range<Int>]) -> Void) {
        body([stream.indices])
        if stream.count <= 8192 { body(stream.indices.map { $0..<$0 + 1 }) }
        var seed = UInt64(stream.count)
        for byte in stream.prefix(256) { seed = seed &* 31 &+ UInt64(byte) }
        for longest in [7, 3000] {
            var chunks: [Range<Int>] = []
            var start = 0
            while start < stream.count {
                // The constants of a linear congruential generator by Knuth; its upper bits are the good ones.
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let length = stream.count > 8192 ? max(longest, 512) : longest
                let end = min(stream.count, start + 1 + Int(seed >> 33) % length)
                chunks.append(start..<end)
                start = end
            }
            body(chunks)
        }
    }
}

/// An input in which NUL and a digit, letter or other byte stand for many bytes, so that limits are within the reach of
/// short inputs: the byte in front of them is repeated, 1,024 times the number of the byte behind.
///
/// - Parameters:
///   - input: The input.
///   - limit: The most bytes that come of it.
/// - Returns: The stream.
func expanded(_ input: [UInt8], to limit: Int = 160 * 1024) -> [UInt8] {
    var stream: [UInt8] = []
    var index = 0
    while index < input.count {
        if input[index] == 0, index + 1 < input.count, let last = stream.last {
            let count = Int(input[index + 1] & 0x7F) * 1024
            stream += repeatElement(last, count: min(count, max(0, limit - stream.count)))
            index += 2
        } else {
            stream.append(input[index])
            index += 1
        }
    }
    return stream
}
