/// What is due when, and what follows from what was done when.
///
/// A value without a clock and without tasks. Whoever carries it out asks what is ``due(at:)``, does it, says at which
/// moment that was done, and waits for ``next``. Moments count from the beginning of the first ramp. A duration counts from
/// the moment of a verified injection, never from a moment that was planned: what takes long to inject is not cut short.
struct Timetable: Sendable {
    /// What is to be done now; what is to be taken back comes first.
    struct Due: Hashable, Sendable {
        var undo: [Int] = []
        var inject: [Int] = []

        var isEmpty: Bool { undo.isEmpty && inject.isEmpty }
    }

    private let course: Course
    private var faults: [FaultCourse]
    /// Where a step stands: its fault, and its place among the fault's targets.
    private let places: [Int: (fault: Int, target: Int)]

    /// Makes a timetable.
    ///
    /// - Parameters:
    ///   - course: The order of the faults, by their places in the list.
    ///   - faults: The timing of each fault, and its steps in the order of its targets.
    init(_ course: Course, of faults: [(timing: InjectionTiming, steps: [Int])]) {
        self.course = course
        self.faults = faults.map { FaultCourse(timing: $0.timing, steps: $0.steps) }
        var places: [Int: (fault: Int, target: Int)] = [:]
        for (fault, entry) in faults.enumerated() {
            for (target, step) in entry.steps.enumerated() { places[step] = (fault, target) }
        }
        self.places = places
    }

    // MARK: What happened

    /// Begins.
    mutating func begin(at moment: Duration) {
        start(course, at: moment)
        advance(to: moment)
    }

    /// A step is in place, and that was verified.
    mutating func injected(_ step: Int, at moment: Duration) {
        guard let place = places[step] else { return }
        faults[place.fault].injected(place.target, at: moment)
        advance(to: moment)
    }

    /// A step is gone, and that was verified.
    mutating func undone(_ step: Int, at moment: Duration) {
        guard let place = places[step] else { return }
        faults[place.fault].undone(place.target, at: moment)
        advance(to: moment)
    }

    /// Time went by.
    mutating func advance(to moment: Duration) {
        repeat {
            for index in faults.indices { faults[index].advance(to: moment) }
        } while follow(course)
    }

    // MARK: What follows

    /// What is to be done at a moment.
    func due(at moment: Duration) -> Due {
        var undo: [(at: Duration, step: Int)] = []
        var inject: [(since: Duration, order: Int, step: Int)] = []
        for fault in faults {
            for target in fault.targets {
                switch target.state {
                case .inPlace(let until?) where until <= moment: undo.append((until, target.step))
                case .due(let since): inject.append((since, inject.count, target.step))
                default: break
                }
            }
        }
        // Whoever waits longest comes first, or pulses that follow one another closely would keep the others out.
        return Due(
            undo: undo.sorted { ($0.at, $0.step) < ($1.at, $1.step) }.map(\.step),
            inject: inject.sorted { ($0.since, $0.order) < ($1.since, $1.order) }.map(\.step))
    }

    /// The next moment at which something is due or a ramp ends; `nil` when everything waits for the end.
    var next: Duration? { faults.reduce(nil) { earliest($0, $1.next) } }

    /// Whether nothing is left but to take back what is in place, and to wait for the last ramps.
    func awaitsLastUndo(at moment: Duration) -> Bool {
        faults.allSatisfy { $0.awaitsLastUndo(at: moment) }
    }

    /// The moment at which the last fault was over, its ramp included; `nil` while one is not.
    var end: Duration? {
        let ends = faults.compactMap(\.end)
        return ends.count == faults.count ? ends.max() : nil
    }

    /// The time that a step stays in place if it is injected now; `nil` until nothing is left to wait for.
    func stay(of step: Int, from moment: Duration) -> Duration? {
        guard let place = places[step] else { return nil }
        return faults[place.fault].targets[place.target].stay(from: moment, faults[place.fault].timing)
    }

    // MARK: Order

    private mutating func start(_ course: Course, at moment: Duration) {
        switch course {
        case .fault(let index): faults[index].start(at: moment)
        case .serial(let parts): if let first = parts.first { start(first, at: moment) }
        case .parallel(let parts): for part in parts { start(part, at: moment) }
        }
    }

    /// Starts what follows on something that is over; says whether there was such a thing.
    private mutating func follow(_ course: Course) -> Bool {
        switch course {
        case .fault: return false
        case .parallel(let parts):
            var hasStarted = false
            for part in parts where follow(part) { hasStarted = true }
            return hasStarted
        case .serial(let parts):
            guard let current = parts.firstIndex(where: { end(of: $0) == nil }) else { return false }
            if current > 0, isWaiting(parts[current]), let moment = end(of: parts[current - 1]) {
                start(parts[current], at: moment)
                return true
            }
            return follow(parts[current])
        }
    }

    private func end(of course: Course) -> Duration? {
        switch course {
        case .fault(let index): return faults[index].end
        case .serial(let parts): return parts.last.flatMap(end)
        case .parallel(let parts):
            let ends = parts.compactMap(end)
            return ends.count == parts.count ? ends.max() : nil
        }
    }

    private func isWaiting(_ course: Course) -> Bool {
        switch course {
        case .fault(let index): faults[index].stage == .waiting
        case .serial(let parts), .parallel(let parts): parts.allSatisfy(isWaiting)
        }
    }
}
