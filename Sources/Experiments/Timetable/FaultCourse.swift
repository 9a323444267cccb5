import FaultModel

/// What a schedule makes of one fault: a ramp, its targets together or in turn, a ramp.
struct FaultCourse: Hashable, Sendable {
    enum Stage: Hashable, Sendable {
        case waiting
        case rampingUp(until: Duration)
        case underWay
        case rampingDown(until: Duration)
        case over(at: Duration)
    }

    let timing: InjectionTiming
    private(set) var targets: [TargetCourse]
    private(set) var stage = Stage.waiting

    init(timing: InjectionTiming, steps: [Int]) {
        self.timing = timing
        self.targets = steps.map(TargetCourse.init)
    }

    mutating func start(at moment: Duration) {
        stage = .rampingUp(until: moment + timing.rampBefore)
    }

    mutating func injected(_ target: Int, at moment: Duration) {
        targets[target].injected(at: moment, timing)
    }

    mutating func undone(_ target: Int, at moment: Duration) {
        targets[target].undone(at: moment, timing)
    }

    mutating func advance(to moment: Duration) {
        if case .rampingUp(let until) = stage, until <= moment {
            stage = .underWay
            release(at: until)
        }
        if stage == .underWay {
            for index in targets.indices { targets[index].advance(to: moment, timing) }
            // In turn, a target begins at the moment at which the one before it ended, however late that is noticed.
            let current = targets.firstIndex { $0.end == nil }
            if timing.order == .serial, let current, current > 0, let turn = targets[current - 1].end {
                targets[current].release(at: turn)
            }
            if current == nil {
                let last = targets.reduce(nil) { latest, target in max(latest ?? .zero, target.end ?? .zero) }
                stage = .rampingDown(until: (last ?? moment) + timing.rampAfter)
            }
        }
        if case .rampingDown(let until) = stage, until <= moment { stage = .over(at: until) }
    }

    private mutating func release(at moment: Duration) {
        for index in timing.order == .serial ? targets.indices.prefix(1) : targets.indices[...] {
            targets[index].release(at: moment)
        }
    }

    /// The moment at which it was over.
    var end: Duration? {
        guard case .over(let end) = stage else { return nil }
        return end
    }

    /// The next moment at which something changes by itself.
    var next: Duration? {
        switch stage {
        case .waiting, .over: nil
        case .rampingUp(let until), .rampingDown(let until): until
        case .underWay: targets.reduce(nil) { earliest($0, $1.next) }
        }
    }

    /// Whether nothing is to be done any more but to take back what is in place, and to wait.
    func awaitsLastUndo(at moment: Duration) -> Bool {
        switch stage {
        case .waiting, .rampingUp: false
        case .underWay: targets.allSatisfy { $0.awaitsLastUndo(at: moment, timing) }
        case .rampingDown, .over: true
        }
    }
}

extension TargetCourse {
    /// The moment at which it was gone for good.
    fileprivate var end: Duration? {
        guard case .over(let end) = state else { return nil }
        return end
    }

    /// The next moment at which something changes by itself.
    fileprivate var next: Duration? {
        switch state {
        case .inPlace(let until): until
        case .dormant(let until): until
        case .due(let since): since
        case .waiting, .over: nil
        }
    }
}
