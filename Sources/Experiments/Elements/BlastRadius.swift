public import FaultModel

/// How far the faults may reach; a plan that reaches further is never carried out.
///
/// ```swift
/// BlastRadius(targets: 3, share: 50, duration: .seconds(7200), protecting: ["db-0"])
/// ```
///
/// The caps are checked on the plan, before anything changes. A run beyond one of them ends with
/// ``RunOutcome/notInjected``, and the report says which.
public struct BlastRadius: Sendable {
    /// The most targets of all faults together; `nil` for any number.
    public let targets: Int?
    /// The largest share of the targets there were to choose from; `nil` for any.
    public let share: Percentage?
    /// The longest time from the beginning of the first ramp to the end of the last; `nil` for any.
    public let duration: Duration?
    /// Targets that are never touched, in the words of the backend.
    public let protected: [String]
    /// The line of the DSL.
    public let place: SourcePlace

    /// Declares caps, at least one.
    ///
    /// - Parameters:
    ///   - targets: The most targets of all faults together, at least 1.
    ///   - share: The largest share of the targets there were to choose from, 1 to 100. A backend that does not say
    ///     which there were counts as if it had chosen all of them.
    ///   - duration: The longest time from the beginning of the first ramp to the end of the last, more than zero; a
    ///     workload counts with its deadline.
    ///   - protected: Targets that are never touched, spelled as in the plan.
    ///   - fileID: The file of the DSL line.
    ///   - line: The DSL line.
    public init(
        targets: Int? = nil, share: Percentage? = nil, duration: Duration? = nil, protecting protected: [String] = [],
        fileID: String = #fileID, line: Int = #line
    ) {
        self.targets = targets
        self.share = share
        self.duration = duration
        self.protected = protected
        self.place = SourcePlace(fileID: fileID, line: line)
    }

    /// What a plan does beyond the caps, one sentence each.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - length: The longest time that it may take.
    /// - Returns: The sentences; empty for a plan that stays within.
    func objections(to plan: Plan, lasting length: Duration) -> [String] {
        let affected = plan.affectedTargets
        var found: [String] = []
        if let targets, affected.count > targets {
            found.append("the plan reaches \(affected.count) targets, and at most \(targets) are allowed")
        }
        // Multiplied out, because a rounded share could slip through.
        if let share, affected.count * 100 > share.value * plan.candidates.count {
            found.append(
                "the plan reaches \(affected.count) of \(plan.candidates.count) targets, and at most \(share) are allowed"
            )
        }
        if let duration, length > duration {
            found.append("the plan takes up to \(TimeText(length)), and at most \(TimeText(duration)) are allowed")
        }
        found += affected.filter(protected.contains).map { "the plan reaches \($0), which is protected" }
        return found.map { "\($0) (\(place))" }
    }
}
