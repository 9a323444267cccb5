import Synchronization
import Testing

@testable import Experiments

@Suite struct SleepersTests {
    private func sleeper(_ id: Int, at seconds: Int, _ ring: @escaping @Sendable () -> Void = {}) -> Sleepers.Sleeper {
        Sleepers.Sleeper(
            id: id, deadline: SimulatedClock.Instant(offset: .seconds(seconds)), waiting: .alarm(ring))
    }

    @Test(arguments: 1...20)
    func theyWakeByDeadlineAndThenByOrderOfFallingAsleep(seed: Int) {
        var sleepers = Sleepers()
        var expected: [(deadline: Int, id: Int)] = []
        for id in 0..<100 {
            let deadline = id * (seed * 7 + 3) % 13
            sleepers.insert(sleeper(id, at: deadline))
            expected.append((deadline, id))
        }
        for id in stride(from: seed, to: 100, by: 7) {
            #expect(sleepers.remove(id)?.id == id)
            #expect(sleepers.remove(id) == nil)
        }
        let left = expected.filter { $0.id < seed || ($0.id - seed) % 7 != 0 }.sorted(by: <)
        var woken: [Int] = []
        while let earliest = sleepers.earliest { woken += sleepers.removeDue(at: earliest).map(\.id) }
        #expect(woken == left.map(\.id))
    }

    @Test func anAlarmRingsOnceAndNotWhenItWasCalledOff() async throws {
        let clock = SimulatedClock()
        let rung = Mutex<[String]>([])
        try await withTaskExecutorPreference(clock) {
            let start = clock.now
            let first = Alarm(at: start.advanced(by: .seconds(1)), on: clock) { rung.withLock { $0.append("first") } }
            let second = Alarm(at: start.advanced(by: .seconds(2)), on: clock) { rung.withLock { $0.append("second") } }
            _ = Alarm(at: start, on: clock) { rung.withLock { $0.append("at once") } }
            second.callOff()
            try await clock.sleep(for: .seconds(5))
            first.callOff()
        }
        #expect(rung.withLock(\.self) == ["at once", "first"])
    }
}
