/// Which ECS tasks of a cluster a fault hits: a share of a service, or tasks by id.
public struct TaskSelection: Hashable, Sendable {
    /// Where the tasks come from.
    public enum Scope: Hashable, Sendable {
        /// A share of the running tasks of a service.
        ///
        /// A percentage of 0 is refused: the documents do not say that it means one.
        case service(ECSServiceName, share: TargetShare)
        /// These tasks, at least one.
        case tasks([ECSTaskID])
    }

    /// Where the tasks come from.
    public var scope: Scope
    /// What the choice of a share follows from, together with the ids of the tasks.
    public var seed: UInt64

    /// Describes a choice.
    ///
    /// - Parameters:
    ///   - scope: Where the tasks come from.
    ///   - seed: What the choice of a share follows from.
    public init(_ scope: Scope, seed: UInt64) {
        self.scope = scope
        self.seed = seed
    }

    /// Chooses among the tasks of a cluster.
    ///
    /// - Parameter candidates: The tasks of the cluster in any order.
    /// - Returns: The tasks to hit, at least one, and the others with the reason.
    /// - Throws: Why no task can be hit, or why the selection means nothing.
    public func choose(
        from candidates: some Sequence<TaskCandidate>
    ) throws(TargetSelectionError) -> AffectedSet<TaskCandidate> {
        let tasks = candidates.sortedByIdentity()
        if tasks.isEmpty { throw .noCandidates(plural: TaskCandidate.plural) }
        let share = try checkedShare(tasks)
        return try AffectedSet(of: tasks, share: share, seed: seed, sparing: reason(toSpare:))
    }

    private func checkedShare(_ tasks: [TaskCandidate]) throws(TargetSelectionError) -> TargetShare {
        switch scope {
        case .service(_, .percentage(.zero, _)):
            throw .zeroShare(plural: TaskCandidate.plural)
        case .service(_, let share):
            return share
        case .tasks(let wanted):
            if wanted.isEmpty { throw .nothingSelected(plural: TaskCandidate.plural) }
            let missing = wanted.filter { id in !tasks.contains { id.names($0.id) } }
            guard missing.isEmpty else {
                let existing = tasks.map(\.identity)
                throw .missing(
                    missing.map { .init(name: $0.text, nearest: NearestName.find($0.id, in: existing)) },
                    plural: TaskCandidate.plural)
            }
            return .all
        }
    }

    private func reason(toSpare task: TaskCandidate) -> SparingReason? {
        switch scope {
        case .service(let service, _) where task.service != service: return .inOtherService
        case .tasks(let wanted) where !wanted.contains(where: { $0.names(task.id) }): return .notNamed
        default: return task.stateUnlessRunning.map { .notRunning(state: $0) }
        }
    }
}

extension ECSTaskID {
    /// Whether this is the other task, as far as both say where they run.
    fileprivate func names(_ other: ECSTaskID) -> Bool {
        guard id == other.id else { return false }
        return home == nil || other.home == nil || home == other.home
    }
}
