import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

@Suite struct JournalTests {
    private static let experiment = Experiment("journaled") {
        Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(60)))
        Workload {}
    }

    private static let entries = 7

    @Test func everyChangeIsWrittenBeforeItIsMade() async throws {
        let clock = SimulatedClock()
        let journal = MemoryJournal()
        let seen = Notebook()
        let backend = RecordingBackend(clock: clock) { call in
            seen.write("\(call.operation) after \(journal.entries.count)")
        }
        let report = try await Self.experiment.run(on: backend, clock: clock, journal: journal, guards: [])
        #expect(report.outcome == .passed)
        let plan = Plan(steps: report.steps.map(\.step))
        #expect(
            journal.entries == [
                .planned(experiment: "journaled", plan), .armingUndo(step: 1, after: .seconds(126)),
                .injecting(step: 1), .injected(step: 1), .undoing(step: 1), .undone(step: 1), .ended(.passed),
            ])
        #expect(
            seen.lines == [
                "plan after 0", "preflight after 1", "recheck after 1", "armUndo after 2", "inject after 3",
                "verifyInjected after 3", "undo after 5", "verifyUndone after 5",
            ])
    }

    @Test(arguments: 1...entries)
    func anEntryThatCannotBeWrittenStopsTheChangeAndNeverTheUndo(number: Int) async throws {
        let clock = SimulatedClock()
        let count = Mutex(0)
        let journal = MemoryJournal { _ in
            let entry = count.withLock { count in
                count += 1
                return count
            }
            if entry >= number { throw Broken("disk full") }
        }
        let backend = RecordingBackend(clock: clock)
        let report = try await Self.experiment.run(on: backend, clock: clock, journal: journal, guards: [])
        #expect(backend.inPlace.isEmpty)
        #expect(backend.armedUndos.isEmpty)
        #expect(report.outcome == (number <= 4 ? .notInjected : .passed))
        #expect(report.problems.contains { $0.description.hasSuffix("disk full") })
        let made = Set(backend.calls.map(\.operation))
        #expect(made.contains(.armUndo) == (number > 2))
        #expect(made.contains(.inject) == (number > 3))
    }
}
