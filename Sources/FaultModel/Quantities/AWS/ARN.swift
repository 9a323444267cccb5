/// The parts of an Amazon resource name, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
struct ARN {
    let partition: Substring
    let service: Substring
    let region: Substring
    let account: Substring
    let resource: Substring

    /// Takes a text apart, or gives nothing when it is no resource name of a partition that exists.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", Self.isPartition(parts[1]) else { return nil }
        (partition, service, region, account, resource) = (parts[1], parts[2], parts[3], parts[4], parts[5])
    }

    /// Whether the account is twelve digits.
    var hasAccount: Bool { account.utf8.count == 12 && account.utf8.allSatisfy(\.isDigit) }

    /// The public regions, China, GovCloud, the European sovereign cloud, and the isolated partitions, of which there are
    /// several (`aws-iso`, `aws-iso-b`, …).
    private static func isPartition(_ name: Substring) -> Bool {
        ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso"].contains(name)
            || name.hasPrefix("aws-iso-") && name.utf8.count == 9 && name.utf8.last?.isLowercaseLetter == true
    }
}
