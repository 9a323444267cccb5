/// What one party of a fault must be allowed to do, no more than its document lists.
public struct PermissionGrant: Hashable, Sendable {
    /// Who needs it, as in `the chaos service account`.
    public let holder: String
    /// What is needed.
    public let permissions: Permissions

    /// Describes a grant.
    ///
    /// - Parameters:
    ///   - holder: Who needs it.
    ///   - permissions: What is needed.
    public init(_ holder: String, _ permissions: Permissions) {
        self.holder = holder
        self.permissions = permissions
    }

    /// Permissions in the words of the platform that grants them.
    public enum Permissions: Hashable, Sendable {
        /// Rules of a Kubernetes role.
        case kubernetes([KubernetesRule])
        /// Actions of an AWS policy, in its spelling, as in `ssm:SendCommand`.
        case iam([String])
        /// Anything else, in sentences or names that an administrator knows.
        case named([String])
    }

    /// A rule of a Kubernetes role.
    public struct KubernetesRule: Hashable, Sendable {
        /// The API group; empty for the core group.
        public let apiGroup: String
        /// The resources, as in `pods/log`.
        public let resources: [String]
        /// The verbs, as in `get`.
        public let verbs: [String]

        /// Describes a rule.
        ///
        /// - Parameters:
        ///   - apiGroup: The API group; empty for the core group.
        ///   - resources: The resources.
        ///   - verbs: The verbs.
        public init(apiGroup: String = "", resources: [String], verbs: [String]) {
            self.apiGroup = apiGroup
            self.resources = resources
            self.verbs = verbs
        }
    }
}
