/// An ECS task by its id or by its resource name (ARN).
///
/// ```
/// 0123456789abcdef0123456789abcdef
/// arn:aws:ecs:eu-central-1:123456789012:task/production/0123456789abcdef0123456789abcdef
/// ```
///
/// The second form says where the task runs as well. Both are kept as written, and are different values.
public struct ECSTaskID: TextQuantity {
    /// Where a task runs, as its resource name says it.
    public struct Home: Hashable, Sendable {
        /// The partition, as in `aws` or `aws-cn`.
        public let partition: String
        /// The region.
        public let region: AWSRegion
        /// The account, twelve digits.
        public let account: String
        /// The cluster.
        public let cluster: ECSClusterName
    }

    /// The id, 32 hexadecimal digits in lower case.
    public let id: String
    /// Where the task runs; absent when only the id is known.
    public let home: Home?

    /// The region, when the resource name is known.
    public var region: AWSRegion? { home?.region }
    /// The cluster, when the resource name is known.
    public var cluster: ECSClusterName? { home?.cluster }

    /// What documentation calls the type.
    public static let typeName = "ECS task id"
    /// The rule as half a sentence.
    public static let rule = "an ECS task id is 32 hexadecimal digits, or the ARN of a task with its cluster"

    /// Reads an id or a resource name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The task.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        guard text.hasPrefix("arn:") else { return Self(id: try checked(text[...]), home: nil) }
        guard let arn = ARN(text), arn.service == "ecs", arn.hasAccount else {
            throw TunableFlaw(message: "this is not the ARN of an ECS task")
        }
        let parts = arn.resource.split(separator: "/", omittingEmptySubsequences: false)
        if parts.first == "task", parts.count == 2 {
            throw TunableFlaw(message: "the ARN names no cluster", hint: "write the task id alone, \(parts[1].shown)")
        }
        guard parts.count == 3, parts[0] == "task" else {
            throw TunableFlaw(message: "this is the ARN of something else", hint: "a task's ends in task/CLUSTER/ID")
        }
        guard let region = AWSRegion(String(arn.region)), let cluster = ECSClusterName(String(parts[1])) else {
            throw TunableFlaw(message: "region or cluster of the ARN cannot be right")
        }
        let home = Home(
            partition: String(arn.partition), region: region, account: String(arn.account), cluster: cluster)
        return Self(id: try checked(parts[2]), home: home)
    }

    /// The id, or the resource name when it is known.
    public var text: String {
        guard let home else { return id }
        return "arn:\(home.partition):ecs:\(home.region):\(home.account):task/\(home.cluster)/\(id)"
    }

    private init(id: String, home: Home?) {
        self.id = id
        self.home = home
    }

    private static func checked(_ id: Substring) throws(TunableFlaw) -> String {
        let digits = id.utf8
        guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else {
            let hasOnlyDigits = !digits.isEmpty && digits.allSatisfy(\.isHexDigit)
            throw TunableFlaw(message: hasOnlyDigits ? "the id has \(digits.count) digits instead of 32" : nil)
        }
        let lower = id.lowercased()
        if lower != id { throw TunableFlaw(message: "the digits of an id are in lower case", hint: "write \(lower)") }
        return lower
    }
}

extension Substring {
    /// The text in a message.
    fileprivate var shown: String { String(self).printable() }
}
