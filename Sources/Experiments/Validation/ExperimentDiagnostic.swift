/// One thing that is wrong with an experiment, with its DSL line and what to do about it.
public struct ExperimentDiagnostic: Hashable, Sendable {
    /// The rule that was broken.
    public let code: Code
    /// What is wrong, with the value.
    public let message: String
    /// What to do about it.
    public let hint: String
    /// The line of the DSL.
    public let place: SourcePlace

    init(_ code: Code, _ message: String, hint: String, at place: SourcePlace) {
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
    }

    /// A rule for experiments; more may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the rule, as in `noFault`.
        public let description: String

        /// There is no fault to inject.
        public static let noFault: Code = Code(description: "noFault")
        /// A probe asks something that cannot be asked.
        public static let invalidProbe: Code = Code(description: "invalidProbe")
        /// A fault breaks a rule of its own.
        public static let invalidFault: Code = Code(description: "invalidFault")
        /// Two faults have one name.
        public static let duplicateFaultName: Code = Code(description: "duplicateFaultName")
        /// Two probes have one name.
        public static let duplicateProbeName: Code = Code(description: "duplicateProbeName")
        /// Something that reports refer to has no name.
        public static let emptyName: Code = Code(description: "emptyName")
        /// Nothing goes on while the faults are armed.
        public static let nothingHeld: Code = Code(description: "nothingHeld")
        /// A phase stands there twice.
        public static let repeatedPhase: Code = Code(description: "repeatedPhase")
        /// A phase holds nothing.
        public static let emptyPhase: Code = Code(description: "emptyPhase")
        /// A stop condition names a probe that does not exist.
        public static let unknownProbe: Code = Code(description: "unknownProbe")
        /// A stop condition names a probe that is never asked while the run goes on.
        public static let probeAtEdges: Code = Code(description: "probeAtEdges")
        /// A stop condition would stop every run at its beginning.
        public static let alwaysStops: Code = Code(description: "alwaysStops")
        /// A fault has no duration where it needs one, or its document does not say.
        public static let noSchedule: Code = Code(description: "noSchedule")
        /// A target is protected twice.
        public static let duplicateTarget: Code = Code(description: "duplicateTarget")
        /// A number or a length of time is outside its range.
        public static let outOfRange: Code = Code(description: "outOfRange")
    }
}

extension ExperimentDiagnostic: CustomStringConvertible {
    /// Place, message and hint on one line.
    public var description: String { "\(place): \(message); \(hint)" }
}

/// An experiment that cannot be run, with everything that is wrong with it; nothing has been changed.
public struct InvalidExperiment: Error, Hashable, CustomStringConvertible {
    /// The name of the experiment.
    public let experiment: String
    /// Everything that is wrong, in the order of the DSL.
    public let diagnostics: [ExperimentDiagnostic]

    /// A heading and one line for each diagnostic.
    public var description: String {
        (["experiment \"\(experiment)\" cannot be run:"] + diagnostics.map { "  \($0)" }).joined(separator: "\n")
    }
}
