/// What a schedule makes of one target of a fault.
struct TargetCourse: Hashable, Sendable {
    enum State: Hashable, Sendable {
        /// Its turn has not come.
        case waiting
        /// To be injected since a moment.
        case due(since: Duration)
        /// In place; to be undone at a moment, or when nothing is left to wait for.
        case inPlace(until: Duration?)
        /// Gone between two pulses.
        case dormant(until: Duration)
        /// Gone for good.
        case over(at: Duration)
    }

    let step: Int
    private(set) var state = State.waiting
    /// The moment of the first verified injection, from which the duration counts.
    private var first: Duration?

    init(step: Int) {
        self.step = step
    }

    mutating func release(at moment: Duration) {
        if state == .waiting { state = .due(since: moment) }
    }

    mutating func injected(at moment: Duration, _ timing: InjectionTiming) {
        let start = first ?? moment
        first = start
        let end = timing.duration.map { start + $0 }
        guard let end, let pulses = timing.repetition else {
            state = .inPlace(until: end)
            return
        }
        state = .inPlace(until: min(moment + pulses.active, end))
    }

    mutating func undone(at moment: Duration, _ timing: InjectionTiming) {
        guard let pulses = timing.repetition, let end = end(timing), moment < end else {
            state = .over(at: moment)
            return
        }
        state = .dormant(until: min(moment + pulses.dormant, end))
    }

    /// Ends a rest between two pulses.
    mutating func advance(to moment: Duration, _ timing: InjectionTiming) {
        guard case .dormant(let until) = state, until <= moment else { return }
        // A pulse that would begin with the end of the duration has no time left.
        state = until == end(timing) ? .over(at: until) : .due(since: until)
    }

    /// The end of the duration, once it has begun.
    private func end(_ timing: InjectionTiming) -> Duration? {
        guard let first, let duration = timing.duration else { return nil }
        return first + duration
    }

    /// Whether taking it back now would be the last thing to do here.
    func awaitsLastUndo(at moment: Duration, _ timing: InjectionTiming) -> Bool {
        switch state {
        case .over: true
        case .inPlace(nil): true
        case .inPlace(let until?): until <= moment && until == end(timing)
        case .waiting, .due, .dormant: false
        }
    }

    /// The time that it stays in place from an injection now; `nil` until nothing is left to wait for.
    func stay(from moment: Duration, _ timing: InjectionTiming) -> Duration? {
        guard let duration = timing.duration else { return nil }
        let left = (first ?? moment) + duration - moment
        return max(.zero, timing.repetition.map { min($0.active, left) } ?? left)
    }
}
