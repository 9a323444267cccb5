import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct DiagnosticTests {
    @Test func everythingIsFoundAtOnceWithItsLine() async throws {
        let twice = true
        let start = line()
        let experiment = Experiment("") {  // start + 1
            SteadyState {}  // start + 2
            if twice {
                SteadyState { Probe("x", timeout: .zero) { true } }  // start + 4
                Inject("a", ResetDisruption())
            }
            Inject("a", ResetDisruption())  // start + 7
            Inject("", ResetDisruption())  // start + 8
            Inject(Misfit())  // start + 9
            Workload(calls: 0, concurrency: 0, deadline: .zero) { _ in }  // start + 10
            Workload {}  // start + 11
            Hold(for: .seconds(-1))  // start + 12
            Expect {}  // start + 13
        }
        let found = experiment.diagnose()
        #expect(
            found.map { "\($0.place.line - start) \($0.code)" } == [
                "1 emptyName", "4 repeatedPhase", "2 emptyPhase", "4 outOfRange",
                "8 emptyName", "9 invalidFault", "9 invalidFault", "7 duplicateFaultName",
                "11 repeatedPhase", "10 outOfRange", "10 outOfRange", "10 outOfRange", "12 outOfRange",
                "13 emptyPhase",
            ])
        #expect(found.allSatisfy { $0.place.fileID == #fileID })
        #expect(found[5].message == "fault \"misfit\": TOXICITY is 130, and a percentage ends at 100")
        let backend = RecordingBackend(clock: ContinuousClock())
        let error = try #require(
            await #expect(throws: InvalidExperiment.self) { try await experiment.run(on: backend) })
        #expect(error.diagnostics == found)
        #expect(error.description.split(separator: "\n").count == found.count + 1)
        #expect(backend.calls.isEmpty)
        #expect(backend.log.record.events.isEmpty)
    }

    @Test func aSelectionThatPicksNothingByMistakeIsFound() {
        let wrong: [Selection] = [.first(-1), .every(0), .ordinals([0, 2])]
        let experiment = Experiment("wrong selections") {
            for (index, selection) in wrong.enumerated() {
                Inject(FaultName("fault-\(index)"), ResetDisruption(selection: selection))
            }
            Inject("none on purpose", ResetDisruption(selection: .first(0)))
            Workload {}
        }
        let found = experiment.diagnose()
        #expect(found.map(\.code) == [.invalidFault, .invalidFault, .invalidFault])
        #expect(
            found.map(\.message) == [
                "fault \"fault-0\": first(-1): a number of requests is not negative",
                "fault \"fault-1\": every(0): the distance from one request to the next is at least 1",
                "fault \"fault-2\": ordinals([0, 2]): requests are counted from 1",
            ])
    }

    @Test func aPeakThatIsNoneIsFound() {
        func shape(peak: DataRate) -> ShapeDisruption {
            ShapeDisruption(
                rate: .megabits(2), burst: .kibibytes(32), limit: .mebibytes(2),
                peak: PeakLimit(rate: peak, bucket: .bytes(1540)))
        }
        let experiment = Experiment("peaks") {
            Inject("equal", shape(peak: .megabits(2)))
            Inject("above", shape(peak: .megabits(3)))
            Workload {}
        }
        let found = experiment.diagnose()
        #expect(found.map(\.code) == [.invalidFault])
        #expect(found.map(\.message) == ["fault \"equal\": peak 2mbit: a peak is above the rate, 2mbit"])
    }

    @Test func aFaultMayBeReadWhereItIsInjected() throws {
        func experiment(_ toxicity: String) throws -> Experiment {
            try Experiment("reads its fault") {
                Inject(try PodHTTPResetPeer(tunables: ["TOXICITY": toxicity]))
                Workload {}
            }
        }
        #expect(try experiment("30").diagnose().isEmpty)
        #expect(throws: InvalidFault.self) { try experiment("130") }
    }

    @Test func anEmptyExperimentHasNoFaultAndNothingToDo() {
        let experiment = Experiment("empty") {}
        #expect(experiment.diagnose().map(\.code) == [.noFault, .nothingHeld])
    }

    @Test func probesAreToldApartByName() {
        let experiment = Experiment("twins") {
            SteadyState {
                for _ in 0..<3 { Probe("twin") { true } }
            }
            Inject("a", ResetDisruption())
            Workload {}
        }
        #expect(experiment.diagnose().map(\.code) == [.duplicateProbeName, .duplicateProbeName])
    }

    @Test func aFaultThatCannotBeLoweredIsFoundEarly() {
        let experiment = Experiment("late") {
            Inject(Unlowerable())
            Workload {}
        }
        #expect(experiment.diagnose().map(\.message) == ["fault \"unlowerable\": no such edition"])
    }

    @Test(arguments: [true, false])
    func blocksMayDecideAndRepeat(many: Bool) {
        let experiment = Experiment("decided") {
            SteadyState {
                if many { Probe("a") { true } } else { Probe("b") { true } }
                for number in 1...2 { Probe("p\(number)") { true } }
                if #available(macOS 15, *) { Probe("c") { true } }
            }
            switch many {
            case true:
                for number in 1...3 { Inject(FaultName("f\(number)"), ResetDisruption()) }
            case false: Inject("single", ResetDisruption())
            }
            Hold(for: .seconds(1))
            Expect {
                if many { AllowNoEffect() }
                for outcome in Verdict.Outcome.allCases { Foretold(outcome: outcome) }
            }
        }
        #expect(experiment.diagnose().isEmpty)
        #expect(experiment.probes.map(\.name) == [many ? "a" : "b", "p1", "p2", "c"])
        #expect(experiment.injections.map(\.name.text) == (many ? ["f1", "f2", "f3"] : ["single"]))
        #expect(experiment.allowsNoEffect == many)
    }

    @Test func expectationsKnowTheirLine() {
        let start = line()
        let experiment = Experiment("lines") {
            Inject("a", ResetDisruption())
            Workload {}
            Expect {
                Foretold(outcome: .held)  // start + 5
                Foretold(  // start + 6
                    outcome: .violated)
            }
        }
        #expect(experiment.expectations.map { $0.place.line - start } == [5, 6])
    }
}

private struct Misfit: Injectable {
    let faultName: FaultName = "misfit"
    let problems = ["TOXICITY is 130, and a percentage ends at 100", "RESET_TIMEOUT is -1, and a wait is not negative"]
    func lowered() throws -> Disruption { throw Broken() }
}

private struct Unlowerable: Injectable {
    let faultName: FaultName = "unlowerable"
    let problems: [String] = []
    func lowered() throws -> Disruption { throw Broken("no such edition") }
}
