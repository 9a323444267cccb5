import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

@Suite struct WorkloadTests {
    @Test func errorsOfCallsAreObservations() async throws {
        let report = try await drive(calls: 3) { call in
            if call.number == 2 { throw Broken("connection reset") }
        }
        #expect(report.outcome == .passed)
        #expect(report.outcomes == [.returned(""), .threw("connection reset"), .returned("")])
    }

    @Test(arguments: [(calls: 6, concurrency: 1), (6, 2), (6, 4), (3, 100)])
    func asManyCallsAreUnderWayAsAskedFor(calls: Int, concurrency: Int) async throws {
        let clock = SimulatedClock()
        let underWay = Mutex((now: 0, most: 0))
        let report = try await drive(calls: calls, concurrency: concurrency, clock: clock) { _ in
            underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            try await clock.sleep(for: .milliseconds(100))
            underWay.withLock { $0.now -= 1 }
        }
        #expect(report.outcomes.count == calls)
        #expect(underWay.withLock(\.most) == min(calls, concurrency))
        let rounds = (calls + concurrency - 1) / concurrency
        #expect(report.phases.first { $0.phase == .hold }?.duration == .milliseconds(100 * rounds))
    }

    @Test func callsAreOverdueAtTheDeadlineAndTheRestIsNotStarted() async throws {
        let clock = SimulatedClock()
        let report = try await drive(calls: 5, concurrency: 2, clock: clock) { call in
            try await clock.sleep(for: .seconds(call.number == 1 ? 1 : 60))
        }
        #expect(report.outcomes == [.returned(""), .overdue, .overdue])
        #expect(report.facts.contains(.note("2 of 5 calls were not started")))
        #expect(report.phases.first { $0.phase == .hold }?.duration == .seconds(5))
    }

    @Test func aCallThatIgnoresItsCancellationIsLeftBehind() async throws {
        let deaf = Deaf()
        defer { deaf.letGo() }
        let report = try await drive(calls: 1) { _ in await deaf.wait() }
        #expect(report.outcomes == [.overdue])
        #expect(report.facts.contains(.note("calls that ignore their cancellation were left behind")))
        #expect(report.phases.first { $0.phase == .hold }?.duration == .seconds(6))
        #expect(report.steps.map(\.state) == [.reverted])
    }

    @Test func aFreeFormWorkloadIsOneCall() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("free") {
            Inject("cut", ResetDisruption())
            Workload { throw Broken("gave up") }
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock, guards: [])
        #expect(report.outcomes == [.threw("gave up")])
    }

    @Test func longErrorsAreCut() async throws {
        let report = try await drive(calls: 1) { _ in throw Broken(String(repeating: "x", count: 2000)) }
        #expect(report.outcomes == [.threw(String(repeating: "x", count: 499) + "…")])
    }

    private func drive(
        calls: Int, concurrency: Int = 1, clock: SimulatedClock = SimulatedClock(),
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) async throws -> RunReport {
        let experiment = Experiment("driven") {
            Inject("cut", ResetDisruption())
            Workload(calls: calls, concurrency: concurrency, deadline: .seconds(5), body)
        }
        return try await experiment.run(on: RecordingBackend(clock: clock), clock: clock, guards: [])
    }
}
