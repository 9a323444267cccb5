public import FaultModel

/// When a fault begins and ends on its targets.
///
/// ```swift
/// Inject(fault, schedule: Schedule(for: .seconds(360), order: .serial, rampBefore: .seconds(10)))
/// Inject(fault, schedule: Schedule(for: .seconds(60), repeating: .pulses(active: .seconds(2), dormant: .seconds(5))))
/// Inject(fault, schedule: .documented)
/// ```
///
/// Without a schedule a fault is armed on all its targets at once, until nothing is left to wait for.
public struct Schedule: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        case timing(InjectionTiming)
        case documented
    }

    let source: Source

    /// Limits a fault in time.
    ///
    /// - Parameters:
    ///   - duration: How long each target has the fault, more than zero, counted from the moment at which its injection
    ///     was verified.
    ///   - order: Whether all targets have it at once, or one after the other, each for the whole duration.
    ///   - rampBefore: The wait before the first target, zero or more.
    ///   - rampAfter: The wait after the last target, zero or more.
    ///   - repetition: How the fault comes and goes within the duration; in place all the time when absent.
    public init(
        for duration: Duration, order: InjectionSequence = .parallel, rampBefore: Duration = .zero,
        rampAfter: Duration = .zero, repeating repetition: Repetition? = nil
    ) {
        source = .timing(
            InjectionTiming(
                duration: duration, order: order, rampBefore: rampBefore, rampAfter: rampAfter, repetition: repetition))
    }

    private init(_ source: Source) {
        self.source = source
    }

    /// What the fault's own tunables say: `TOTAL_CHAOS_DURATION`, `RAMP_TIME` and `SEQUENCE`.
    public static let documented: Schedule = Schedule(.documented)
}

/// How a fault comes and goes within its duration.
public struct Repetition: Hashable, Sendable {
    let active: Duration
    let dormant: Duration

    /// In place for a while, gone for a while, from the beginning again.
    ///
    /// - Parameters:
    ///   - active: How long it is in place each time, more than zero; the last time may be cut by the duration.
    ///   - dormant: How long it is gone in between, more than zero.
    /// - Returns: The repetition.
    public static func pulses(active: Duration, dormant: Duration) -> Repetition {
        Repetition(active: active, dormant: dormant)
    }
}

/// A schedule with every question answered.
struct InjectionTiming: Hashable, Sendable {
    /// How long each target has the fault; `nil` until nothing is left to wait for.
    var duration: Duration?
    var order: InjectionSequence = .parallel
    var rampBefore: Duration = .zero
    var rampAfter: Duration = .zero
    var repetition: Repetition?

    /// In place on all targets until the end.
    static let untilTheEnd = InjectionTiming()

    /// The timing that a document asks for.
    init(_ documented: FaultTiming) {
        self.init(
            duration: documented.duration, order: documented.sequence, rampBefore: documented.rampTime,
            rampAfter: documented.rampTime)
    }

    init(
        duration: Duration? = nil, order: InjectionSequence = .parallel, rampBefore: Duration = .zero,
        rampAfter: Duration = .zero, repetition: Repetition? = nil
    ) {
        self.duration = duration
        self.order = order
        self.rampBefore = rampBefore
        self.rampAfter = rampAfter
        self.repetition = repetition
    }
}

extension InjectionTiming: CustomStringConvertible {
    /// The timing in a few words, as in `for 6 min, one target after the other, after a ramp of 10 s`.
    var description: String {
        guard let duration else { return "until the end" }
        var text = "for \(TimeText(duration))"
        if order == .serial { text += ", one target after the other" }
        if let repetition {
            text += ", in pulses of \(TimeText(repetition.active)) with \(TimeText(repetition.dormant)) between them"
        }
        if rampBefore > .zero { text += ", after a ramp of \(TimeText(rampBefore))" }
        if rampAfter > .zero { text += ", before a ramp of \(TimeText(rampAfter))" }
        return text
    }
}
