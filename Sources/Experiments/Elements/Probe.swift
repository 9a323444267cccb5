/// A question about the health of the system, asked outside the fault.
///
/// ```swift
/// Probe("price service answers") { try await client.get("/health").status == 200 }
/// Probe("shop answers", mode: .continuous, timeout: .seconds(1), attempts: 2) { try await shop.isUp() }
/// ```
///
/// An error thrown by the closure is an answer, *no*, and its text becomes the detail: a reset connection is an
/// observation, never an error of the run.
public struct Probe: Sendable {
    /// What the probe asks, in a few words; unique within an experiment.
    public let name: String
    /// When the probe is asked.
    public let mode: ProbeMode
    /// The longest that one attempt may take; later counts as *no*.
    public let timeout: Duration
    /// The most attempts of one sample; the first *yes* ends it.
    public let attempts: Int
    /// The pause between two attempts of a sample.
    public let interval: Duration
    /// The time from the beginning of one sample to the beginning of the next, for modes that ask more than once.
    public let polling: Duration
    /// The wait before the first attempt each time the probe begins.
    public let initialDelay: Duration
    /// Whether a sample that fails stops the run.
    public let stopOnFailure: Bool
    /// The line of the DSL.
    public let place: SourcePlace
    /// What is wrong with the question, in sentences.
    let problems: [String]
    let ask: @Sendable () async throws -> ProbeAnswer

    /// Declares a probe with a closure.
    ///
    /// - Parameters:
    ///   - name: What the probe asks, in a few words; unique within an experiment.
    ///   - mode: When the probe is asked; before and after the fault unless said otherwise.
    ///   - timeout: The longest that one attempt may take, more than zero.
    ///   - attempts: The most attempts of one sample, at least 1; the first *yes* ends it.
    ///   - interval: The pause between two attempts, zero or more.
    ///   - polling: The time from one sample to the next, more than zero; for ``ProbeMode/continuous`` and
    ///     ``ProbeMode/onChaos``. A sample that takes longer skips those that were due meanwhile.
    ///   - initialDelay: The wait before the first attempt each time the probe begins, zero or more.
    ///   - stopOnFailure: Whether a sample that fails stops the run, with everything undone.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - body: Answers whether the system is healthy. It is cancelled at the timeout, and left behind when it ignores
    ///     that.
    public init(
        _ name: String,
        mode: ProbeMode = .edge,
        timeout: Duration = .seconds(10),
        attempts: Int = 1,
        interval: Duration = .zero,
        polling: Duration = .seconds(1),
        initialDelay: Duration = .zero,
        stopOnFailure: Bool = false,
        fileID: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable () async throws -> Bool
    ) {
        let question = ProbeQuestion(name) { ProbeAnswer(passed: try await body(), detail: "") }
        self.init(
            name, mode: mode, timeout: timeout, attempts: attempts, interval: interval, polling: polling,
            initialDelay: initialDelay, stopOnFailure: stopOnFailure, asking: question, fileID: fileID, line: line)
    }

    /// Declares a probe with a question made elsewhere.
    ///
    /// - Parameters:
    ///   - name: What the probe asks, in a few words; unique within an experiment.
    ///   - mode: When the probe is asked; before and after the fault unless said otherwise.
    ///   - timeout: The longest that one attempt may take, more than zero.
    ///   - attempts: The most attempts of one sample, at least 1; the first *yes* ends it.
    ///   - interval: The pause between two attempts, zero or more.
    ///   - polling: The time from one sample to the next, more than zero.
    ///   - initialDelay: The wait before the first attempt each time the probe begins, zero or more.
    ///   - stopOnFailure: Whether a sample that fails stops the run, with everything undone.
    ///   - question: What is asked.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        _ name: String,
        mode: ProbeMode = .edge,
        timeout: Duration = .seconds(10),
        attempts: Int = 1,
        interval: Duration = .zero,
        polling: Duration = .seconds(1),
        initialDelay: Duration = .zero,
        stopOnFailure: Bool = false,
        asking question: ProbeQuestion,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.name = name
        self.mode = mode
        self.timeout = timeout
        self.attempts = attempts
        self.interval = interval
        self.polling = polling
        self.initialDelay = initialDelay
        self.stopOnFailure = stopOnFailure
        self.place = SourcePlace(fileID: fileID, line: line)
        self.problems = question.problems
        self.ask = question.ask
    }
}

/// When a probe is asked; the names are those of the field.
public struct ProbeMode: Hashable, Sendable, CustomStringConvertible {
    /// The name of the mode, as in `edge`.
    public let description: String
    let asksBefore: Bool
    /// Whether it is asked again and again while the experiment goes on.
    let asksDuring: Bool
    let asksAfter: Bool

    /// Start of test: once, before the faults.
    public static let sot: ProbeMode = ProbeMode("sot", asksBefore: true)
    /// End of test: once, after the faults were lifted.
    public static let eot: ProbeMode = ProbeMode("eot", asksAfter: true)
    /// Both edges of the test: before the faults and after they were lifted; both must hold.
    public static let edge: ProbeMode = ProbeMode("edge", asksBefore: true, asksAfter: true)
    /// Again and again, from before the ramp until the faults were lifted; every sample must hold.
    ///
    /// The first sample belongs to the steady state: when it fails, nothing is injected.
    public static let continuous: ProbeMode = ProbeMode("continuous", asksBefore: true, asksDuring: true)
    /// Again and again, from the first verified injection until the undo begins; every sample must hold.
    public static let onChaos: ProbeMode = ProbeMode("onChaos", asksDuring: true)

    private init(_ name: String, asksBefore: Bool = false, asksDuring: Bool = false, asksAfter: Bool = false) {
        description = name
        self.asksBefore = asksBefore
        self.asksDuring = asksDuring
        self.asksAfter = asksAfter
    }
}
