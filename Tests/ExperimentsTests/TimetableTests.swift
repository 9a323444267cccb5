import FaultModel
import Testing

@testable import Experiments

/// The timetable alone: what is due when, told what was done when.
@Suite struct TimetableTests {
    /// Plays a timetable whose calls take a fixed time each, up to a moment; one line for each thing that was done.
    private func play(
        _ course: Course, _ faults: [(InjectionTiming, [Int])], callsTake cost: Int = 0, until end: Int
    ) -> [String] {
        var timetable = Timetable(course, of: faults.map { (timing: $0.0, steps: $0.1) })
        var now: Duration = .zero
        var lines: [String] = []
        timetable.begin(at: now)
        while now <= .seconds(end), lines.count < 100 {
            let due = timetable.due(at: now)
            if let step = due.undo.first {
                now += .seconds(cost)
                lines.append("\(now.components.seconds) undo \(step)")
                timetable.undone(step, at: now)
            } else if let step = due.inject.first {
                now += .seconds(cost)
                lines.append("\(now.components.seconds) inject \(step)")
                timetable.injected(step, at: now)
            } else if let next = timetable.next {
                now = next
                timetable.advance(to: now)
            } else {
                break
            }
        }
        if let end = timetable.end { lines.append("\(end.components.seconds) over") }
        return lines
    }

    private func timing(
        _ duration: Int?, _ order: InjectionSequence = .parallel, before: Int = 0, after: Int = 0,
        pulses: (Int, Int)? = nil
    ) -> InjectionTiming {
        InjectionTiming(
            duration: duration.map { .seconds($0) }, order: order, rampBefore: .seconds(before),
            rampAfter: .seconds(after),
            repetition: pulses.map { .pulses(active: .seconds($0.0), dormant: .seconds($0.1)) })
    }

    @Test func targetsInParallelHaveTheFaultTogether() {
        #expect(
            play(.fault(0), [(timing(60, before: 10, after: 5), [0, 1])], until: 100) == [
                "10 inject 0", "10 inject 1", "70 undo 0", "70 undo 1", "75 over",
            ])
    }

    @Test func targetsInTurnHaveItForTheWholeDurationEachAndRampOnce() {
        #expect(
            play(.fault(0), [(timing(60, .serial, before: 10, after: 5), [0, 1, 2])], until: 500) == [
                "10 inject 0", "70 undo 0", "70 inject 1", "130 undo 1", "130 inject 2", "190 undo 2", "195 over",
            ])
    }

    @Test func aDurationCountsFromTheVerifiedInjection() {
        // Each call takes 2 s: the second target is in place 2 s later and stays as long as the first.
        #expect(
            play(.fault(0), [(timing(60), [0, 1])], callsTake: 2, until: 100) == [
                "2 inject 0", "4 inject 1", "64 undo 0", "66 undo 1", "66 over",
            ])
    }

    @Test func pulsesComeAndGoAndTheLastIsCut() {
        #expect(
            play(.fault(0), [(timing(10, pulses: (2, 3)), [0])], until: 100) == [
                "0 inject 0", "2 undo 0", "5 inject 0", "7 undo 0", "10 over",
            ])
        #expect(
            play(.fault(0), [(timing(6, pulses: (2, 3)), [0])], until: 100) == [
                "0 inject 0", "2 undo 0", "5 inject 0", "6 undo 0", "6 over",
            ])
    }

    @Test func pulsesInTurnFollowWhenTheWholeDurationIsOver() {
        #expect(
            play(.fault(0), [(timing(6, .serial, pulses: (2, 4)), [0, 1])], until: 100) == [
                "0 inject 0", "2 undo 0", "6 inject 1", "8 undo 1", "12 over",
            ])
    }

    @Test func aSeriesWaitsForRampsAndForEveryMemberOfAGroup() {
        let course = Course.serial([.fault(0), .parallel([.fault(1), .fault(2)]), .fault(3)])
        #expect(
            play(
                course,
                [
                    (timing(10, after: 5), [0]), (timing(20, before: 1), [1]), (timing(5), [2]),
                    (timing(1, before: 2, after: 3), [3]),
                ], until: 100) == [
                    "0 inject 0", "10 undo 0", "15 inject 2", "16 inject 1", "20 undo 2", "36 undo 1", "38 inject 3",
                    "39 undo 3", "42 over",
                ])
    }

    @Test func aFaultWithoutADurationStaysUntilSomebodyTakesItAway() {
        var timetable = Timetable(.fault(0), of: [(timing: .untilTheEnd, steps: [0, 1])])
        timetable.begin(at: .seconds(3))
        #expect(timetable.due(at: .seconds(3)).inject == [0, 1])
        #expect(!timetable.awaitsLastUndo(at: .seconds(3)))
        timetable.injected(0, at: .seconds(3))
        timetable.injected(1, at: .seconds(4))
        #expect(timetable.next == nil)
        #expect(timetable.stay(of: 0, from: .seconds(9)) == nil)
        #expect(timetable.awaitsLastUndo(at: .seconds(4)))
        #expect(timetable.due(at: .seconds(10_000)).isEmpty)
        #expect(timetable.end == nil)
        timetable.undone(0, at: .seconds(8))
        timetable.undone(1, at: .seconds(9))
        #expect(timetable.end == .seconds(9))
    }

    @Test func whatIsLeftBetweenPulsesIsNotTheLastUndo() {
        var timetable = Timetable(.fault(0), of: [(timing: timing(10, pulses: (2, 3)), steps: [0])])
        timetable.begin(at: .zero)
        timetable.injected(0, at: .zero)
        #expect(timetable.stay(of: 0, from: .zero) == .seconds(2))
        #expect(!timetable.awaitsLastUndo(at: .seconds(2)))
        #expect(timetable.due(at: .seconds(2)).undo == [0])
        timetable.undone(0, at: .seconds(2))
        #expect(timetable.due(at: .seconds(2)).isEmpty)
        #expect(timetable.next == .seconds(5))
    }

    @Test(arguments: [(InjectionSequence.parallel, 1), (.serial, 5)])
    func atMostSoManyTargetsHaveTheFaultAtOnce(order: InjectionSequence, turns: Int) {
        let lines = play(.fault(0), [(timing(7, order), Array(0..<5))], until: 100)
        #expect(lines.last == "\(7 * turns) over")
        #expect(lines.count == 11)
    }
}
