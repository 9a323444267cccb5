import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct BlastRadiusTests {
    private static let place = SourcePlace(fileID: "A/B.swift", line: 1)

    private func run(_ caps: BlastRadius, targets: [String], of candidates: [String]) async throws -> (
        RunReport, RecordingBackend
    ) {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock, targets: targets, candidates: candidates)
        let experiment = Experiment("capped") {
            caps
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(for: .seconds(60), order: .serial, rampBefore: .seconds(5), rampAfter: .seconds(5)))
        }
        return (try await experiment.run(on: backend, clock: clock, guards: []), backend)
    }

    @Test(arguments: [
        (BlastRadius(targets: 2), true), (BlastRadius(targets: 1), false),
        (BlastRadius(share: 50), true), (BlastRadius(share: 49), false),
        (BlastRadius(duration: .seconds(130)), true), (BlastRadius(duration: .seconds(129)), false),
        (BlastRadius(protecting: ["c"]), true), (BlastRadius(protecting: ["b"]), false),
    ])
    func aPlanBeyondACapChangesNothing(caps: BlastRadius, isAllowed: Bool) async throws {
        let (report, backend) = try await run(caps, targets: ["a", "b"], of: ["a", "b", "c", "d"])
        #expect(report.outcome == (isAllowed ? .passed : .notInjected))
        #expect((backend.operations == ["plan"]) == !isAllowed)
        #expect(report.problems.count == (isAllowed ? 0 : 1))
        #expect(report.problems.allSatisfy { $0.description.contains("BlastRadiusTests.swift:") })
    }

    @Test func aBackendThatDoesNotSayWhatThereWasCountsAsAll() {
        let step = PlanStep(
            fault: FaultOrder(name: "f", disruption: .reset(ResetDisruption())), target: "a", action: "", undoAction: ""
        )
        let plan = Plan(steps: [step, step])
        #expect(plan.affectedTargets == ["a"])
        #expect(BlastRadius(share: 99).objections(to: plan, lasting: .zero).count == 1)
    }

    @Test func allObjectionsAreNamedAtOnce() async throws {
        let caps = BlastRadius(targets: 1, share: 10, duration: .seconds(1), protecting: ["a"])
        let (report, _) = try await run(caps, targets: ["a", "b"], of: ["a", "b", "c"])
        #expect(report.problems.count == 4)
    }

    @Test func aProtectedTargetThatDoesNotExistIsNoted() async throws {
        let (report, _) = try await run(BlastRadius(protecting: ["typo"]), targets: ["a"], of: ["a"])
        #expect(report.facts.contains(.note("the protected target typo is none of the backend's targets")))
    }
}
