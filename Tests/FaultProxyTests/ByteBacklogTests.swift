import SocketIO
import Testing

@Suite struct ByteBacklogTests {
    /// Plays random appends and removals against an array.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func itIsAQueueOfBytes(seed: UInt64) {
        var noise = HostilePeerTests.Noise(state: seed)
        var backlog = ByteBacklog()
        var model: [UInt8] = []
        for _ in 0..<300 {
            if noise.below(2) == 0 {
                let bytes = (0..<noise.below(9000)).map { UInt8(truncatingIfNeeded: $0) }
                bytes.withUnsafeBytes { backlog.append($0) }
                model += bytes
            } else {
                let count = noise.below(model.count + 1)
                backlog.removeFirst(count)
                model.removeFirst(count)
            }
            let most = noise.below(3) == 0 ? Int.max : noise.below(20_000)
            #expect(backlog.count == model.count)
            #expect(backlog.withFirst(most) { Array($0) } == Array(model.prefix(most)))
        }
    }
}
