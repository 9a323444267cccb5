import FaultModel
import Testing

@Suite("Names of AWS")
struct AWSQuantityTests {
    static let id = "0123456789abcdef0123456789abcdef"
    static let arn = "arn:aws:ecs:eu-central-1:123456789012:task/production/\(id)"

    @Test(
        "ECS names are letters, digits, '-' and '_'",
        arguments: [
            ("production", nil), ("My_cluster-2", nil), (String(repeating: "a", count: 255), nil),
            ("", ECSClusterName.rule),
            ("a b", ECSClusterName.rule), ("a.b", ECSClusterName.rule), ("é", ECSClusterName.rule),
            (String(repeating: "a", count: 256), "256 bytes"),
            ("arn:aws:ecs:eu-central-1:123456789012:cluster/production", "write the name alone, production"),
        ])
    func clusters(text: String, words: String?) {
        #expect((ECSClusterName(text)?.text == text) == (words == nil))
        #expect(ECSClusterName.complaint(about: text)?.contains(words ?? "?") ?? (words == nil))
        #expect((ECSServiceName(text) == nil) == (ECSClusterName(text) == nil))
    }

    @Test("The name of a service is found in its ARN")
    func serviceARN() {
        let arn = "arn:aws:ecs:eu-central-1:123456789012:service/production/checkout"
        #expect(ECSServiceName.complaint(about: arn)?.contains("write the name alone, checkout") == true)
    }

    @Test("A task is an id, or an ARN that says where it runs")
    func tasks() throws {
        let bare = try #require(ECSTaskID(Self.id))
        #expect(bare.id == Self.id && bare.text == Self.id && bare.home == nil)
        let full = try #require(ECSTaskID(Self.arn))
        #expect(full.id == Self.id && full.text == Self.arn)
        #expect(full.region == "eu-central-1" && full.cluster == "production")
        #expect(full.home?.account == "123456789012" && full.home?.partition == "aws")
        #expect(bare != full)
    }

    @Test(
        "Every partition is known, and no other",
        arguments: [
            ("aws", true), ("aws-cn", true), ("aws-us-gov", true), ("aws-iso", true), ("aws-iso-b", true),
            ("aws-iso-f", true), ("aws-eusc", true), ("aws-iso-", false), ("aws-isob", false), ("awsx", false),
            ("", false),
        ])
    func partitions(name: String, isKnown: Bool) {
        #expect((ECSTaskID("arn:\(name):ecs:cn-north-1:123456789012:task/c/\(Self.id)") != nil) == isKnown)
    }

    @Test(
        "A refused task says why",
        arguments: [
            ("", ECSTaskID.rule), ("0123", "4 digits instead of 32"), (id + "0", "33 digits"),
            (id.uppercased(), "write \(id)"),
            ("0123456789abcdeg0123456789abcdef", ECSTaskID.rule),
            ("arn:aws:ecs:eu-central-1:123456789012:task/\(id)", "names no cluster; write the task id alone, \(id)"),
            ("arn:aws:ecs:eu-central-1:123456789012:service/c/\(id)", "something else"),
            ("arn:aws:ec2:eu-central-1:123456789012:task/c/\(id)", "not the ARN of an ECS task"),
            ("arn:aws:ecs:eu-central-1:1234:task/c/\(id)", "not the ARN of an ECS task"),
            ("arn:aws:ecs:nowhere:123456789012:task/c/\(id)", "region or cluster"),
            ("arn:aws:ecs:eu-central-1:123456789012:task//\(id)", "region or cluster"),
            ("arn:aws:ecs:eu-central-1:123456789012:task/c/12", "2 digits instead of 32"), ("arn:", "not the ARN"),
        ])
    func refusedTasks(text: String, words: String) throws {
        let complaint = try #require(ECSTaskID.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "A region is its shape",
        arguments: [
            "us-east-1", "us-gov-west-1", "cn-north-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1",
            "eu-central-2",
            "ap-southeast-5", "mx-central-1", "il-central-1", "eusc-de-east-1", "ap-southeast-12",
        ])
    func regions(text: String) {
        #expect(AWSRegion(text)?.text == text)
        #expect(AWSRegion.remark(on: text) == nil)
    }

    @Test(
        "A refused region says what to write",
        arguments: [
            ("us-east-1a", "availability zone; write its region, us-east-1"), ("US-East-1", "write us-east-1"),
            ("us_east_1", "write us-east-1"), ("us-east", AWSRegion.rule), ("us-east-", AWSRegion.rule),
            ("", AWSRegion.rule), ("useast1", AWSRegion.rule), ("us-east-0", AWSRegion.rule),
            ("u-east-1", AWSRegion.rule),
            ("us--east-1", AWSRegion.rule), ("us-west-2-lax-1a", AWSRegion.rule), ("us-east-100", AWSRegion.rule),
        ])
    func refusedRegions(text: String, words: String) throws {
        let complaint = try #require(AWSRegion.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test("A direction that no region has is noted")
    func regionNotes() {
        #expect(AWSRegion.remark(on: "us-eats-1") == "no region lies 'eats' so far; did you mean us-east-1?")
        #expect(AWSRegion.remark(on: "us-moon-1") == "no region lies 'moon' so far")
    }

    @Test(
        "A role is its ARN",
        arguments: [
            ("arn:aws:iam::123456789012:role/injector", "injector"), ("arn:aws-cn:iam::123456789012:role/a/b/c", "c"),
            ("arn:aws:iam::123456789012:role/service-role/x+=,.@-_y", "x+=,.@-_y"),
        ])
    func roles(text: String, name: String) throws {
        let role = try #require(IAMRoleARN(text))
        #expect(role.text == text && role.name == name && role.account == "123456789012")
    }

    @Test(
        "A refused role says what to write",
        arguments: [
            ("", IAMRoleARN.rule), ("injector", IAMRoleARN.rule), ("arn:aws:iam::1234:role/x", "12 digits"),
            ("arn:aws:iam:us-east-1:123456789012:role/x", "not the ARN of an IAM role"),
            ("arn:aws:iam::123456789012:user/x", "something else"),
            ("arn:aws:iam::123456789012:role", "name of a role"),
            ("arn:aws:iam::123456789012:role/", "name of a role"), ("arn:aws:iam::123456789012:role//x", "malformed"),
            ("arn:aws:iam::123456789012:role/a b", "name of a role"), ("arn:aws:iam::123456789012:", "something else"),
            ("arn:aws:iam::123456789012:role/" + String(repeating: "a", count: 65), "1 to 64"),
            (
                "arn:aws:sts::123456789012:assumed-role/injector/session",
                "write arn:aws:iam::123456789012:role/injector"
            ),
        ])
    func refusedRoles(text: String, words: String) throws {
        let complaint = try #require(IAMRoleARN.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "The identifier of a secret",
        arguments: [
            ("aws-chaos.prod", true), ("account.my_secret", true), ("path/to/secret$1", true), ("a", true),
            (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 40), true),
            (String(repeating: "a", count: 129), false), ("", false), ("a b", false), ("a\n", false), ("a+b", false),
            ("AKIAIOSFODNN7EXAMPLE", false), ("ASIAIOSFODNN7EXAMPLE", false),
            ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", false), ("wJalrXUtnFEMI+K7MDENG/bPxRfiCYEXAMPLEKEY", false),
            ("AKIA-team.key", true),
        ])
    func secretIDs(text: String, isLegal: Bool) {
        #expect(SecretID(text)?.text == (isLegal ? text : nil))
    }

    @Test(
        "What might be the secret itself is not quoted",
        arguments: ["AKIAIOSFODNN7EXAMPLE", "hunter2 hunter2", "hunter2+"])
    func secretIsNotQuoted(text: String) {
        let flaw = #expect(throws: TunableFlaw.self) { try SecretID.read(text) }
        #expect(flaw?.hidesValue == true)
        let said = "\(flaw?.message ?? text); \(flaw?.hint ?? text)"
        #expect(!said.contains(text))
        #expect(flaw?.hint?.contains("never") == true)
    }
}
