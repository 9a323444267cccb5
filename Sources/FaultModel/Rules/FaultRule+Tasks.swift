// Rules about the choice of ECS tasks and the way to them.

extension FaultRule {
    /// A service and named tasks are two ways to say which.
    static func serviceWins(
        over tasks: PropertyPath<Subject, [ECSTaskID]>, service: PropertyPath<Subject, ECSServiceName?>
    ) -> FaultRule {
        FaultRule(about: tasks, with: service) { subject in
            guard let service = subject[keyPath: service], !subject[keyPath: tasks].isEmpty else { return nil }
            return .warning(
                "has no effect, because SERVICE_NAME=\(service) chooses the tasks", hint: "set one of the two")
        }
    }

    /// Neither a service nor a task must not come to mean the whole cluster.
    static func tasksAreNamed(
        service: PropertyPath<Subject, ECSServiceName?>, tasks: PropertyPath<Subject, [ECSTaskID]>
    ) -> FaultRule {
        FaultRule(about: service, with: tasks, on: .platform) { subject in
            guard subject[keyPath: service] == nil, subject[keyPath: tasks].isEmpty else { return nil }
            return .error(
                "nothing says which tasks to hit, and that never means all of the cluster",
                hint: "set SERVICE_NAME or TASK_REPLICA_ID")
        }
    }

    /// A task named twice is hit once.
    static func tasksAreUnique(_ tasks: PropertyPath<Subject, [ECSTaskID]>) -> FaultRule {
        FaultRule(about: tasks) { subject in
            guard let twice = subject[keyPath: tasks].firstRepeated else { return nil }
            return .warning("names \(twice) more than once, and a task is hit once", hint: "name each task once")
        }
    }

    /// The ARN of a task says where the task is.
    static func tasksAreThere(
        _ tasks: PropertyPath<Subject, [ECSTaskID]>, region: PropertyPath<Subject, AWSRegion>,
        cluster: PropertyPath<Subject, ECSClusterName?>
    ) -> FaultRule {
        FaultRule(about: tasks, with: region, cluster) { subject in
            for task in subject[keyPath: tasks] {
                if let place = task.region, place != subject[keyPath: region] {
                    return .error(
                        "\(task) is not in REGION=\(subject[keyPath: region])", hint: "one run has one region")
                }
                if let place = task.cluster, let cluster = subject[keyPath: cluster], place != cluster {
                    return .error("\(task) is not in CLUSTER_NAME=\(cluster)", hint: "one run has one cluster")
                }
            }
            return nil
        }
    }

    /// A share of nothing, or of no service.
    static func shareOfTasks(
        _ share: PropertyPath<Subject, Percentage>, service: PropertyPath<Subject, ECSServiceName?>
    ) -> FaultRule {
        FaultRule(about: share, with: service) { subject in
            switch subject[keyPath: share] {
            case .zero: .error("0 % of the tasks has no meaning here", hint: "use 1 or more; 1 hits at least one task")
            case .hundred: nil
            default:
                subject[keyPath: service] == nil
                    ? .warning("has no effect without SERVICE_NAME", hint: "set SERVICE_NAME, or leave it out") : nil
            }
        }
    }

    /// A credentials file is read from one place.
    static func oneCredentialsFile(
        secret: PropertyPath<Subject, SecretID?>, path: PropertyPath<Subject, AbsolutePath?>
    ) -> FaultRule {
        FaultRule(about: path, with: secret) { subject in
            guard subject[keyPath: path] != nil, subject[keyPath: secret] != nil else { return nil }
            return .warning("AWS_AUTHENTICATION_SECRET names a credentials file too", hint: "keep one of them")
        }
    }

    /// Systems Manager ends a command after 12 hours.
    static func commandLastsLongEnough(_ duration: PropertyPath<Subject, Duration>) -> FaultRule {
        FaultRule(about: duration, on: .platform) { subject in
            guard subject[keyPath: duration] > .seconds(43_200) else { return nil }
            return .warning(
                "the documents that carry such faults through Systems Manager allow 43200 seconds",
                hint: "use 43200 or less")
        }
    }
}
