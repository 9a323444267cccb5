import Evidence
import FaultModel
import Testing

@testable import Experiments

@Suite struct ScheduleDiagnosticTests {
    @Test func everythingIsFoundAtOnceWithItsLine() {
        let twice = true
        let start = line()
        let experiment = Experiment("wrong") {
            SteadyState {
                Probe(  // start + 3
                    "shop answers", timeout: .zero, attempts: 0, interval: .seconds(-1), polling: .zero,
                    initialDelay: .seconds(-1)
                ) { true }
                Probe("orders", mode: .continuous) { true }
            }
            BlastRadius()  // start + 9
            if twice {
                BlastRadius(targets: 0, share: 0, duration: .zero, protecting: ["", "a", "a"])  // start + 11
                StopWhen {}  // start + 12
            }
            StopWhen {  // start + 14
                ProbeFails("oders", times: 0)  // start + 15
                ProbeFails("shop answers")  // start + 16
                ProbeFails("something else entirely")  // start + 17
                Elapsed(.zero)  // start + 18
                Violated(FaultsInjected(atLeast: 9))  // start + 19
            }
            Serial {  // start + 21
                Inject("endless", ResetDisruption(), weight: 11)  // start + 22
                Inject("bare", ResetDisruption(), schedule: .documented)  // start + 23
                Parallel {}  // start + 24
            }
            Inject(  // start + 26
                "timed", ResetDisruption(),
                schedule: Schedule(
                    for: .zero, rampBefore: .seconds(-1), rampAfter: .seconds(-1),
                    repeating: .pulses(active: .zero, dormant: .zero)), weight: 0)
            Inject(  // start + 31
                "long", ResetDisruption(),
                schedule: Schedule(for: .seconds(1), repeating: .pulses(active: .seconds(2), dormant: .seconds(1))))
        }
        let found = experiment.diagnose()
        #expect(
            found.map { "\($0.place.line - start) \($0.code)" } == [
                "3 outOfRange", "3 outOfRange", "3 outOfRange", "3 outOfRange", "3 outOfRange",
                "11 repeatedPhase", "9 emptyPhase", "11 outOfRange", "11 outOfRange", "11 outOfRange", "11 emptyName",
                "11 duplicateTarget",
                "14 repeatedPhase", "12 emptyPhase", "15 unknownProbe", "15 outOfRange", "16 probeAtEdges",
                "17 unknownProbe",
                "18 outOfRange", "19 alwaysStops",
                "22 outOfRange", "22 noSchedule", "23 noSchedule", "24 emptyPhase",
                "26 outOfRange", "26 outOfRange", "26 outOfRange", "26 outOfRange", "26 outOfRange", "26 outOfRange",
                "31 outOfRange",
            ])
        #expect(found.first { $0.code == .unknownProbe }?.hint == "did you mean \"orders\"?")
        #expect(found.last { $0.code == .unknownProbe }?.hint == "declare it in SteadyState")
    }

    @Test func timesThatNoClockCanTakeAreFound() {
        let forever: Duration = .seconds(Int64.max)
        let experiment = Experiment("for ever") {
            SteadyState {
                Probe("p", timeout: forever, interval: forever, polling: forever, initialDelay: forever) { true }
            }
            BlastRadius(duration: forever)
            StopWhen { Elapsed(forever) }
            Inject(
                "cut", ResetDisruption(),
                schedule: Schedule(
                    for: forever, rampBefore: forever, rampAfter: forever,
                    repeating: .pulses(active: forever, dormant: forever)))
            Workload(calls: 1, deadline: forever) { _ in }
            Hold(for: forever)
        }
        let found = experiment.diagnose()
        #expect(found.count == 13)
        #expect(found.allSatisfy { $0.hint == "it is at most 100 years" })
    }

    @Test func aScheduleIsEnoughToHold() {
        let experiment = Experiment("timed") {
            Inject("cut", ResetDisruption(), schedule: Schedule(for: .seconds(1)))
        }
        #expect(experiment.diagnose().isEmpty)
    }

    @Test func decisionsAndLoopsWorkInEveryBlock() {
        for many in [true, false] {
            let experiment = Experiment("decided") {
                SteadyState { Probe("up", mode: .continuous) { true } }
                StopWhen {
                    if many { ProbeFails("up") } else { Elapsed(.seconds(2)) }
                    for limit in 1...2 { Elapsed(.seconds(limit)) }
                    if #available(macOS 15, *) { Violated(EveryCallEnds(within: .seconds(1))) }
                }
                Serial {
                    if many { Inject("a", ResetDisruption(), schedule: Schedule(for: .seconds(1))) }
                    for number in 1...2 {
                        Inject(FaultName("f\(number)"), ResetDisruption(), schedule: Schedule(for: .seconds(1)))
                    }
                    switch many {
                    case true: Parallel { Inject("b", ResetDisruption(), schedule: Schedule(for: .seconds(1))) }
                    case false: Serial { Inject("c", ResetDisruption(), schedule: Schedule(for: .seconds(1))) }
                    }
                    if #available(macOS 15, *) {
                        Inject("d", ResetDisruption(), schedule: Schedule(for: .seconds(1)))
                    }
                }
            }
            #expect(experiment.diagnose().isEmpty)
            #expect(experiment.stopConditions.count == 4)
            let names = many ? ["a", "f1", "f2", "b", "d"] : ["f1", "f2", "c", "d"]
            #expect(experiment.injections.map(\.name.text) == names)
        }
    }
}
