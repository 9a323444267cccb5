/// An ECS task that a fault might hit.
public struct TaskCandidate: TargetCandidate {
    /// What several of them are called.
    public static var plural: String { "tasks" }

    /// The task, as the platform lists it by its resource name.
    public let id: ECSTaskID
    /// The service it belongs to; absent for a task that was started alone.
    public let service: ECSServiceName?
    /// The platform's word for its state, as in `RUNNING`.
    public let lastStatus: String

    /// Describes a task.
    ///
    /// - Parameters:
    ///   - id: The task.
    ///   - service: The service it belongs to.
    ///   - lastStatus: The platform's word for its state; only `RUNNING` is running.
    public init(id: ECSTaskID, service: ECSServiceName?, lastStatus: String = "RUNNING") {
        self.id = id
        self.service = service
        self.lastStatus = lastStatus
    }

    /// The id without the rest of the resource name; ids of one account and region are unique.
    public var identity: String { id.id }

    /// What it does instead of running, in a word; nothing when it runs.
    var stateUnlessRunning: String? { lastStatus == "RUNNING" ? nil : lastStatus.lowercased() }
}
