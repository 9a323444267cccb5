public import Evidence
public import FaultModel

/// A fault to inject, in the place where the experiment injects it.
///
/// ```swift
/// Inject("reset-peer", ResetDisruption(delay: .milliseconds(20), selection: .exactFraction(30)))
/// ```
public struct Inject: Sendable {
    /// The fault.
    public let fault: any Injectable
    /// When it begins and ends on its targets; `nil` for all targets at once, until nothing is left to wait for.
    public let schedule: Schedule?
    /// How much it counts in the ``ResilienceScore``, 1 to 10.
    public let weight: Int
    /// The line of the DSL.
    public let place: SourcePlace

    /// The weight of a fault for which none was given.
    public static let defaultWeight = 10

    /// The name by which the fault is armed, reported and lifted; unique within an experiment.
    public var name: FaultName { fault.faultName }

    /// When it begins and ends, with every question answered; `nil` when a document is asked that says nothing.
    var timing: InjectionTiming? {
        switch schedule?.source {
        case nil: .untilTheEnd
        case .timing(let timing)?: timing
        case .documented?: fault.timing.map { InjectionTiming($0) }
        }
    }

    /// Injects anything that can say what it means on the wire.
    ///
    /// - Parameters:
    ///   - fault: The fault; what is wrong with it is reported by ``Experiment/diagnose(for:)``.
    ///   - schedule: When it begins and ends on its targets; all at once and until the end when absent.
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        _ fault: any Injectable, schedule: Schedule? = nil, weight: Int = Inject.defaultWeight,
        fileID: String = #fileID, line: Int = #line
    ) {
        self.fault = fault
        self.schedule = schedule
        self.weight = weight
        self.place = SourcePlace(fileID: fileID, line: line)
    }

    /// Injects a documented fault.
    ///
    /// - Parameters:
    ///   - fault: The fault; what is wrong with it is reported by ``Experiment/diagnose(for:)``.
    ///   - name: The name by which it is reported, unique within an experiment; its document's id when absent.
    ///   - schedule: When it begins and ends on its targets; all at once and until the end when absent.
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        _ fault: some Fault, as name: FaultName? = nil, schedule: Schedule? = nil, weight: Int = Inject.defaultWeight,
        fileID: String = #fileID, line: Int = #line
    ) {
        let place = Place.swift(fileID: fileID, line: line)
        self.init(
            DocumentedFault(faultName: name ?? FaultName(fault), fault: fault, place: place), schedule: schedule,
            weight: weight, fileID: fileID, line: line)
    }

    /// Injects a disruption under a name.
    ///
    /// - Parameters:
    ///   - name: The name by which the fault is reported; not empty, unique within an experiment.
    ///   - disruption: What happens on the wire.
    ///   - schedule: When it begins and ends on its targets; all at once and until the end when absent.
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        _ name: FaultName, _ disruption: Disruption, schedule: Schedule? = nil, weight: Int = Inject.defaultWeight,
        fileID: String = #fileID, line: Int = #line
    ) {
        self.init(
            NamedDisruption(faultName: name, disruption: disruption), schedule: schedule, weight: weight,
            fileID: fileID, line: line)
    }

    /// Injects resets under a name.
    ///
    /// - Parameters:
    ///   - name: The name by which the fault is reported; not empty, unique within an experiment.
    ///   - reset: Which requests end in a TCP RST, and when.
    ///   - schedule: When it begins and ends on its targets; all at once and until the end when absent.
    ///   - weight: How much it counts in the score, 1 to 10.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        _ name: FaultName, _ reset: ResetDisruption, schedule: Schedule? = nil, weight: Int = Inject.defaultWeight,
        fileID: String = #fileID, line: Int = #line
    ) {
        self.init(name, .reset(reset), schedule: schedule, weight: weight, fileID: fileID, line: line)
    }

    /// Injects a rate limit under a name.
    ///
    /// - Parameters:
    ///   - name: The name by which the fault is reported; not empty, unique within an experiment.
    ///   - shape: How fast what leaves the target may leave.
    ///   - schedule: When it begins and ends on its targets; all at once and until the end when absent.
    ///   - weight: What it counts for in the score, 1 to 10.
    ///   - fileID: The file of the declaration.
    ///   - line: The line of the declaration.
    public init(
        _ name: FaultName, _ shape: ShapeDisruption, schedule: Schedule? = nil, weight: Int = Inject.defaultWeight,
        fileID: String = #fileID, line: Int = #line
    ) {
        self.init(name, .shape(shape), schedule: schedule, weight: weight, fileID: fileID, line: line)
    }
}

// MARK: - What is rejected, and what it is told

extension Inject {
    /// Rejects a disruption without a name.
    @available(*, unavailable, message: "give the disruption a name: Inject(\"reset-peer\", …)")
    public init(_ reset: ResetDisruption) { self.init("", reset) }

    /// Rejects a rate limit without a name.
    @available(*, unavailable, message: "give the disruption a name: Inject(\"slow-link\", …)")
    public init(_ shape: ShapeDisruption) { self.init("", shape) }

    /// Rejects a name before a documented fault.
    @available(*, unavailable, message: "name a documented fault behind it: Inject(…, as: \"reset-peer\")")
    public init(_ name: FaultName, _ fault: some Fault) { self.init(fault, as: name) }
}

/// Something that an experiment can inject, because it can say what it means on the wire.
///
/// Conform a fault of your own to give its tunables rules and its misuse a sentence.
public protocol Injectable: Sendable {
    /// The name by which the fault is armed, reported and lifted.
    var faultName: FaultName { get }
    /// One sentence for each thing that is wrong with the fault, with the value and the rule; empty for a valid one.
    var problems: [String] { get }
    /// One sentence for each thing that is allowed and that the author may not have meant.
    var remarks: [String] { get }
    /// When the fault begins and ends by its own document, for ``Schedule/documented``; `nil` when it does not say.
    var timing: FaultTiming? { get }
    /// The documented fault that this is, for backends that find targets by its tunables; `nil` when it is none.
    var documented: (any Fault)? { get }
    /// Says what the fault means on the wire.
    ///
    /// - Returns: The disruption that a backend applies.
    /// - Throws: Whatever stops a fault that has ``problems``; ``Experiment/diagnose(for:)`` reports it at the DSL line.
    func lowered() throws -> Disruption
}

extension Injectable {
    /// No remarks.
    public var remarks: [String] { [] }
    /// No timing.
    public var timing: FaultTiming? { nil }
    /// No document.
    public var documented: (any Fault)? { nil }

    /// What is wrong with the fault where it is to be applied, in sentences.
    func problems(for deployment: Deployment) -> [String] {
        documented.map { $0.sentences(for: deployment) { $0 == .error } } ?? problems
    }

    /// What its author may not have meant, where it is to be applied, in sentences.
    func remarks(for deployment: Deployment) -> [String] {
        documented.map { $0.sentences(for: deployment) { $0 != .error } } ?? remarks
    }
}

extension Fault {
    fileprivate func sentences(
        for deployment: Deployment, _ isWanted: (Diagnostic.Severity) -> Bool
    ) -> [String] {
        diagnostics(for: deployment).filter { isWanted($0.severity) }.map(\.description)
    }
}

/// A documented fault with what its model says about it.
struct DocumentedFault: Injectable {
    let faultName: FaultName
    let fault: any Fault
    let place: Place

    var problems: [String] { problems(for: .loopback) }
    var remarks: [String] { remarks(for: .loopback) }
    var timing: FaultTiming? { fault.timing }
    var documented: (any Fault)? { fault }

    /// Lowers what has been judged for the place where it is to be applied.
    func lowered() throws -> Disruption { try fault.lowered(at: place, for: .loopback) }
}

/// A disruption with the name that a test author gave it.
struct NamedDisruption: Injectable {
    let faultName: FaultName
    let disruption: Disruption

    var problems: [String] {
        switch disruption {
        case .reset(let reset): problems(of: reset.selection)
        case .shape(let shape):
            shape.peak.flatMap { peak in
                peak.rate > shape.rate ? nil : ["peak \(peak.rate): a peak is above the rate, \(shape.rate)"]
            } ?? []
        }
    }

    private func problems(of selection: Selection) -> [String] {
        switch selection {
        case .first(let count) where count < 0: return ["first(\(count)): a number of requests is not negative"]
        case .every(let distance) where distance < 1:
            return ["every(\(distance)): the distance from one request to the next is at least 1"]
        case .ordinals(let numbers) where numbers.contains { $0 < 1 }:
            return ["ordinals(\(numbers.sorted())): requests are counted from 1"]
        default: return []
        }
    }

    func lowered() -> Disruption { disruption }
}
