/// What a timetable comes to when everything takes no time and nothing fails.
struct Timeline: Hashable, Sendable {
    enum Change: Hashable, Sendable {
        case inject
        case undo
    }

    struct Entry: Hashable, Sendable {
        let moment: Duration
        let change: Change
        let step: Int
    }

    /// The changes in order; pulses are one change at their beginning and one at their end.
    private(set) var entries: [Entry] = []
    /// The end of the last ramp.
    private(set) var length: Duration = .zero

    /// Plays a timetable.
    ///
    /// - Parameters:
    ///   - course: The order of the faults.
    ///   - faults: Their timings and steps.
    ///   - holdTime: The time for which the faults without a duration stay in place after the first injections.
    init(_ course: Course, of faults: [(timing: InjectionTiming, steps: [Int])], holding holdTime: Duration) {
        let steady = faults.map { fault in
            var timing = fault.timing
            timing.repetition = nil
            return (timing: timing, steps: fault.steps)
        }
        var timetable = Timetable(course, of: steady)
        var now: Duration = .zero
        var holdEnd: Duration?
        timetable.begin(at: now)
        while true {
            let due = timetable.due(at: now)
            if let holdEnd, holdEnd <= now, timetable.awaitsLastUndo(at: now) { break }
            if let step = due.undo.first {
                note(.undo, step, at: now)
                timetable.undone(step, at: now)
            } else if let step = due.inject.first {
                note(.inject, step, at: now)
                timetable.injected(step, at: now)
                holdEnd = holdEnd ?? now + holdTime
            } else {
                let moments = [timetable.next, holdEnd].compactMap(\.self).filter { $0 > now }
                // Nothing to wait for, and not at the end: only a fault without a duration in the middle of a series.
                guard let moment = moments.min() else { break }
                now = moment
                timetable.advance(to: now)
            }
        }
        for step in inPlace.reversed() {
            note(.undo, step, at: now)
            timetable.undone(step, at: now)
        }
        while timetable.end == nil, let moment = timetable.next {
            now = max(now, moment)
            timetable.advance(to: now)
        }
        length = now
    }

    private mutating func note(_ change: Change, _ step: Int, at moment: Duration) {
        entries.append(Entry(moment: moment, change: change, step: step))
    }

    /// The steps that were injected and not undone, in the order of injection.
    private var inPlace: [Int] {
        let undone = Set(entries.filter { $0.change == .undo }.map(\.step))
        return entries.filter { $0.change == .inject && !undone.contains($0.step) }.map(\.step)
    }
}
