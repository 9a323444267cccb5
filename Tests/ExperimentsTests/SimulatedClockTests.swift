import Experiments
import Testing

@Suite struct SimulatedClockTests {
    @Test func timeJumpsToTheEarliestSleeper() async throws {
        let clock = SimulatedClock()
        let order = Notebook()
        await withTaskExecutorPreference(clock) {
            await withTaskGroup(of: Void.self) { group in
                for (name, seconds) in [("late", 3600), ("early", 1), ("middle", 60), ("early too", 1)] {
                    group.addTask {
                        try? await clock.sleep(for: .seconds(seconds))
                        order.write("\(name) \(clock.now.offset)")
                    }
                }
            }
        }
        #expect(
            order.lines == [
                "early 1.0 seconds", "early too 1.0 seconds", "middle 60.0 seconds", "late 3600.0 seconds",
            ])
    }

    @Test func timeStandsStillWhileSomebodyRuns() async throws {
        let clock = SimulatedClock()
        let moments = await withTaskExecutorPreference(clock) {
            async let sleeper: Void? = try? clock.sleep(for: .nanoseconds(1))
            for _ in 0..<1000 { await Task.yield() }
            let busy = clock.now.offset
            await sleeper
            return [busy, clock.now.offset]
        }
        // The yields of a task that is always ready must not let time pass.
        #expect(moments == [.zero, .nanoseconds(1)])
    }

    @Test func aCancelledSleepEndsAtOnce() async throws {
        let clock = SimulatedClock()
        await withTaskExecutorPreference(clock) {
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await clock.sleep(for: .seconds(100)) }
                await Task.yield()
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.next() }
            }
        }
        #expect(clock.now.offset == .zero)
    }

    @Test func aSleepIntoThePastDoesNotWait() async throws {
        let clock = SimulatedClock()
        try await clock.sleep(until: clock.now.advanced(by: .seconds(-1)))
        #expect(clock.now.offset == .zero)
    }

    /// A lost cancellation shows as a task that never ends.
    @Test(.timeLimit(.minutes(1)), arguments: 0..<50)
    func cancellationFromAnotherThreadIsNeverLost(round: Int) async throws {
        let clock = SimulatedClock()
        let task = Task(executorPreference: clock) {
            while !Task.isCancelled { try? await clock.sleep(for: .seconds(1)) }
        }
        if round % 2 == 0 { await Task.yield() }
        task.cancel()
        await task.value
    }
}
