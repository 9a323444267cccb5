import FaultLabTestSupport
import FaultModel
import Foundation
import SocketIO
import Synchronization
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

    @Test func aTimerThatIsAlwaysDueLeavesTurnsToOthers() async throws {
        let loop = try EventLoop(clock: MonotonicClock())
        let isEnough = Mutex(false)
        let turns = Tally<Int>()
        // Without turns for others the jobs never run, so the test does not wait for them without a bound.
        loop.execute { context in Restless { isEnough.withLock { $0 } }.start(context) }
        let job = Task { try await loop.run { _ in turns.add(1) } }
        let hadTurn = try await eventually { turns.count > 0 ? true : nil }
        isEnough.withLock { $0 = true }
        try await job.value
        await loop.end()
        #expect(hadTurn == true)
    }

    @Test func workAtTheEndOfARoundDoesNotWaitForTheNext() async throws {
        let loop = try EventLoop(clock: MonotonicClock())
        let turns = Tally<Int>()
        try await loop.run { context in context.atEndOfRound { _ in turns.add(1) } }
        let hadTurn = try await eventually { turns.count > 0 ? true : nil }
        await loop.end()
        #expect(hadTurn == true)
    }

    /// A timer that is due again whenever it fires, and lives until it has fired enough.
    private final class Restless {
        private let isEnough: () -> Bool
        private var timer: LoopTimer?

        init(until isEnough: @escaping () -> Bool) {
            self.isEnough = isEnough
        }

        func start(_ context: LoopContext) {
            let timer = LoopTimer { context in
                guard let timer = self.timer else { return }
                if self.isEnough() {
                    self.timer = nil
                } else {
                    context.set(timer, to: .zero)
                }
            }
            self.timer = timer
            context.set(timer, to: .zero)
        }
    }
}
