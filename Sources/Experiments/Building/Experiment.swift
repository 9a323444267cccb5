import Evidence

/// A question to a system, and the fault that asks it.
///
/// ```swift
/// let experiment = Experiment("prices survive resets") {
///     SteadyState {
///         Probe("price service answers") { try await client.get("/health").status == 200 }
///     }
///     Inject("reset-peer", ResetDisruption(delay: .milliseconds(20), selection: .exactFraction(30)))
///     Workload(calls: 30, concurrency: 3, deadline: .seconds(5)) { call in
///         _ = try await client.get("/price/\(call.number)")
///     }
///     Expect {
///         FaultsInjected(atLeast: 9)
///         EveryCallEnds(within: .seconds(5))
///     }
/// }
/// let report = try await experiment.run(on: backend)
/// ```
///
/// An experiment is a value and does nothing by itself: ``diagnose(for:)`` tells what is wrong with it, ``rehearse(on:)`` what
/// it would do, and ``run(on:clock:journal:)`` carries it out.
public struct Experiment: Sendable {
    /// What the experiment asks, in a few words.
    public let name: String
    /// The line of the DSL.
    public let place: SourcePlace
    let parts: ExperimentParts

    /// Declares an experiment.
    ///
    /// - Parameters:
    ///   - name: What the experiment asks, in a few words; not empty.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    ///   - phases: The phases in their order: steady state, limits, faults, workload, expectations.
    /// - Throws: What the closure throws, as in `Inject(try PodHTTPResetPeer(tunables: …))`; without a `try`, nothing.
    public init(
        _ name: String,
        fileID: String = #fileID,
        line: Int = #line,
        @ExperimentBuilder _ phases: () throws -> ExperimentPhases
    ) rethrows {
        self.name = name
        self.place = SourcePlace(fileID: fileID, line: line)
        self.parts = try phases().parts
    }

    /// The probes of the steady state, in the order in which they are asked.
    public var probes: [Probe] { parts.steadyStates.flatMap(\.probes) }

    /// How far the faults may reach; `nil` when nothing limits them.
    public var blastRadius: BlastRadius? { parts.blastRadii.first }

    /// The conditions that stop a run.
    public var stopConditions: [StopCondition] { parts.stops.flatMap(\.conditions) }

    /// The faults in the order of the DSL.
    public var injections: [Inject] { parts.injections.flatMap(\.injections) }

    /// What the client does while the faults are armed, when the experiment drives it.
    public var workload: Workload? { parts.workloads.first }

    /// The least time for which the faults stay armed; zero when only the workload decides.
    public var holdTime: Duration { parts.holds.map(\.duration).max() ?? .zero }

    /// The expectations in the order of their declaration.
    public var expectations: [PlacedExpectation] { parts.expects.flatMap(\.expectations) }

    /// Whether the guard against runs without effect is lifted; see ``AllowNoEffect``.
    public var allowsNoEffect: Bool { expectations.contains { $0.expectation is AllowNoEffect } }
}
