import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct ScoreTests {
    private func fault(_ weight: Int, injected: Bool = true) -> FaultReport {
        FaultReport(
            name: "f", schedule: "", weight: weight, wasInjected: injected,
            place: SourcePlace(fileID: "A/B.swift", line: 1))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let outcome: RunOutcome
        /// Weights; negative for a fault that was never injected.
        let weights: [Int]
        let passed: Int
        let failed: Int
        let score: Int?
        var testDescription: String { "\(outcome) \(weights) \(passed)+\(failed)" }
    }

    static let rows = [
        Row(outcome: .passed, weights: [10], passed: 4, failed: 0, score: 100),
        Row(outcome: .passed, weights: [1], passed: 0, failed: 0, score: 100),
        Row(outcome: .violated, weights: [10], passed: 3, failed: 1, score: 75),
        // 66 percent, rounded down for each fault.
        Row(outcome: .violated, weights: [10, 3], passed: 2, failed: 1, score: 66),
        Row(outcome: .violated, weights: [10], passed: 0, failed: 2, score: 0),
        // 1 · 50 over 1 + 3 is 12.5, rounded half up; 1 · 49 over 4 would be 12.25.
        Row(outcome: .stopped, weights: [1, -3], passed: 1, failed: 1, score: 13),
        Row(outcome: .stopped, weights: [2, -1], passed: 1, failed: 0, score: 67),
        Row(outcome: .stopped, weights: [-10], passed: 1, failed: 0, score: 0),
        Row(outcome: .stopped, weights: [10], passed: 0, failed: 0, score: nil),
        Row(outcome: .notInjected, weights: [10], passed: 3, failed: 0, score: 0),
        Row(outcome: .notCleanedUp, weights: [10], passed: 3, failed: 0, score: 0),
        Row(outcome: .steadyStateNotMet, weights: [-10], passed: 1, failed: 1, score: nil),
        Row(outcome: .noEffect, weights: [10], passed: 3, failed: 0, score: nil),
        Row(outcome: .inconclusive, weights: [10], passed: 2, failed: 1, score: nil),
    ]

    @Test(arguments: rows)
    func outcomesAndChecksDecide(row: Row) {
        let checks = Array(repeating: true, count: row.passed) + Array(repeating: false, count: row.failed)
        let score = ResilienceScore(
            of: row.outcome, faults: row.weights.map { fault(abs($0), injected: $0 > 0) }, checks: checks)
        #expect(score.value == row.score)
        #expect(!score.reason.isEmpty)
    }

    @Test func probesCountOnceAndExpectationsToo() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("scored") {
            SteadyState {
                Probe("up", mode: .continuous) { clock.now.offset != .seconds(5) }
                Probe("edge") { true }
            }
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(20)), weight: 3)
            Expect {
                Foretold(outcome: .held)
                Foretold(outcome: .held)
                AllowNoEffect()
            }
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock)
        #expect(report.outcome == .violated)
        #expect(report.score == ResilienceScore(75, reason: "3 of 4 checks passed"))
        #expect(report.faults.map(\.weight) == [3])
    }

    @Test func aViolationThatStopsTheRunIsACheckThatFailed() async throws {
        let clock = SimulatedClock()
        let experiment = Experiment("stopped") {
            SteadyState { Probe("up", mode: .continuous) { true } }
            StopWhen { Violated(EveryCallEnds(within: .seconds(1))) }
            Inject("cut", ResetDisruption())
            Inject("later", ResetDisruption(), schedule: Schedule(for: .seconds(20), rampBefore: .seconds(100)))
            Workload { try await clock.sleep(for: .seconds(20)) }
        }
        let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock)
        #expect(report.outcome == .stopped)
        #expect(
            report.score
                == ResilienceScore(25, reason: "1 of 2 checks passed; 1 of 2 faults were never injected"))
    }
}
