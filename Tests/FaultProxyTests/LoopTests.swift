import FaultModel
import Foundation
import SocketIO
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite struct LoopTests {
    /// The time that the calling thread has computed.
    private static var computed: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .seconds(1_000_000_000)])
    func aDeadlineFarAwayCostsNothing(length: Duration) async throws {
        let loop = try EventLoop(clock: MonotonicClock())
        let before = try await loop.run { context in
            context.set(LoopTimer { _ in }, to: context.now + length)
            return Self.computed
        }
        try await Task.sleep(for: .milliseconds(600))
        let after = try await loop.run { _ in Self.computed }
        await loop.end()
        #expect(after - before < .milliseconds(100))
    }
}
