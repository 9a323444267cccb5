/// Tunables that most fault documents share.
///
/// Where documents differ in a default only, ``Tunable/with(default:)`` says so.
public enum CommonTunables {
    /// How long the fault lasts; 30 s unless a document says otherwise.
    ///
    /// The upper bound, a year, is ours: it catches a number that was meant in milliseconds or is a slip.
    public static let totalChaosDuration = Tunable(
        "TOTAL_CHAOS_DURATION", .seconds(1...31_536_000), default: .seconds(30), layer: .schedule,
        summary: "How long the fault lasts.")

    /// The wait before and after the fault.
    public static let rampTime = Tunable(
        "RAMP_TIME", .seconds(0...31_536_000), default: .zero, layer: .schedule,
        summary: "The wait before the fault starts, and again after it ends.")

    /// The pause between iterations, as far as a document lists one.
    public static let chaosInterval = Tunable(
        "CHAOS_INTERVAL", .chaosInterval, default: ChaosInterval.fixed(.seconds(10)), layer: .schedule,
        summary: "The pause between iterations; no effect on faults that last without a pause.")

    /// The order in which several targets are reached.
    public static let sequence = Tunable(
        "SEQUENCE", .choice("sequence"), default: InjectionSequence.parallel, layer: .targeting,
        summary: "Whether several targets are hit at once or one after another.")
}
