/// The resource name (ARN) of an IAM role, as in `arn:aws:iam::123456789012:role/chaos/injector`.
public struct IAMRoleARN: TextQuantity {
    /// The resource name.
    public let text: String
    /// The account, twelve digits.
    public let account: String
    /// The name of the role, without its path.
    public let name: String

    /// What documentation calls the type.
    public static let typeName = "IAM role ARN"
    /// The rule as half a sentence.
    public static let rule = "the ARN of an IAM role is written as in arn:aws:iam::123456789012:role/NAME"

    private init(text: String, account: String, name: String) {
        self.text = text
        self.account = account
        self.name = name
    }

    /// Reads a resource name.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The role.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        guard let arn = ARN(text) else { throw TunableFlaw() }
        let parts = arn.resource.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let kind = Substring(parts[0])
        if arn.service == "sts", kind == "assumed-role", arn.hasAccount, parts.count > 1 {
            let role = "arn:\(arn.partition):iam::\(arn.account):role/\(Substring(parts[1]))".printable()
            throw TunableFlaw(message: "this is a session of a role, not the role", hint: "write \(role)")
        }
        guard arn.service == "iam", arn.region.isEmpty else {
            throw TunableFlaw(message: "this is not the ARN of an IAM role")
        }
        guard arn.hasAccount else { throw TunableFlaw(message: "an account is 12 digits") }
        guard kind == "role" else {
            throw TunableFlaw(
                message: "this is the ARN of something else", hint: "a role's goes on with role/ after the account")
        }
        guard let name = parts.last, parts.count > 1, (1...64).contains(name.count),
            name.allSatisfy({ $0.isAlphanumeric || "_+=,.@-".utf8.contains($0) })
        else {
            throw TunableFlaw(message: "the name of a role is 1 to 64 letters, digits and any of _ + = , . @ -")
        }
        // From the IAM reference: a path is at most 512 bytes of printable ASCII between slashes.
        let path = parts.dropFirst().dropLast()
        guard path.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } }),
            arn.resource.utf8.count <= "role".utf8.count + 512 + 64
        else { throw TunableFlaw(message: "the path of the role is malformed") }
        return Self(text: text, account: String(arn.account), name: String(Substring(name)))
    }
}
