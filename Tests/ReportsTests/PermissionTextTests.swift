import FaultLabTestSupport
import FaultModel
import Foundation
import Reports
import Testing

@Suite struct PermissionTextTests {
    private static let grants = SampleFault.current.permissions
    private static let all = allDocuments.flatMap(\.permissions)

    @Test func kubernetesRulesBecomeAClusterRole() {
        let text = PermissionText(Self.grants[0], name: "sample-wait")
        let expected = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: sample-wait
            rules:
              - apiGroups: [""]
                resources: ["pods", "pods/log"]
                verbs: ["get", "list"]
              - apiGroups: ["apps"]
                resources: ["deployments"]
                verbs: ["get"]
            """
        #expect(text.form == .yaml)
        #expect(text.text == expected)
    }

    @Test func actionsBecomeAPolicyWithAStatementForEachService() {
        let text = PermissionText(Self.grants[1], name: "sample-wait")
        let expected = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "ssm:SendCommand",
                    "ssm:CancelCommand"
                  ],
                  "Resource": "*"
                },
                {
                  "Effect": "Allow",
                  "Action": [
                    "ecs:ListTasks"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """
        #expect(text.form == .json)
        #expect(text.text == expected)
    }

    @Test func namesBecomeAList() {
        let text = PermissionText(Self.grants[2], name: "sample-wait")
        #expect(text.form == .text)
        #expect(text.text == "- Guest operations\n- Power on")
    }

    @Test(.requires("python3"), arguments: all.indices) func noActionIsLostOrAdded(index: Int) async throws {
        let grant = Self.all[index]
        let text = PermissionText(grant, name: "a-fault")
        switch grant.permissions {
        case .iam(let actions):
            let policy = try await Python.normalized(text.text)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(policy.utf8)) as? [String: Any])
            let statements = try #require(object["Statement"] as? [[String: Any]])
            let granted = statements.flatMap { $0["Action"] as? [String] ?? [] }
            #expect(granted.sorted() == actions.sorted())
            let services = statements.map { ($0["Action"] as? [String] ?? []).map { $0.prefix { $0 != ":" } } }
            #expect(services.allSatisfy { Set($0).count == 1 })
            #expect(Set(services.compactMap(\.first)).count == services.count)
        case .kubernetes(let rules):
            #expect(text.text.components(separatedBy: "\n  - apiGroups: ").count == rules.count + 1)
        case .named(let names):
            #expect(text.text.split(separator: "\n").count == names.count)
        }
    }
}
