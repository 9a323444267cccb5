public import FaultModel

/// What one party must be allowed to do, ready to hand to whoever grants it.
///
/// Kubernetes rules become a ClusterRole, AWS actions a policy with a statement for each service, anything else a list.
public struct PermissionText: Sendable {
    /// The form of the text.
    public enum Form: String, Hashable, Sendable {
        /// A Kubernetes manifest.
        case yaml
        /// An AWS policy.
        case json
        /// A list, one entry a line.
        case text
    }

    private let grant: PermissionGrant
    private let name: String

    /// Prepares the text.
    ///
    /// - Parameters:
    ///   - grant: What is needed, and by whom.
    ///   - name: The name of a role made from it, lower-case words with hyphens, as in `pod-http-reset-peer`.
    public init(_ grant: PermissionGrant, name: String) {
        self.grant = grant
        self.name = name
    }

    /// The form of ``text``.
    public var form: Form {
        switch grant.permissions {
        case .kubernetes: .yaml
        case .iam: .json
        case .named: .text
        }
    }

    /// The text, without a line end behind the last line.
    public var text: String {
        switch grant.permissions {
        case .kubernetes(let rules): clusterRole(rules)
        case .iam(let actions): policy(actions)
        case .named(let names): names.map { "- \($0)" }.joined(separator: "\n")
        }
    }

    /// The permissions without the words of a manifest, a line for each resource or service.
    var overview: [(subject: String, list: String)] {
        switch grant.permissions {
        case .kubernetes(let rules):
            rules.map { ($0.resources.joined(separator: ", "), $0.verbs.joined(separator: ", ")) }
        case .iam(let actions):
            Self.services(of: actions).map { service in
                (
                    service.heading,
                    service.members.map { String($0.dropFirst(service.heading.count + 1)) }
                        .joined(separator: ", ")
                )
            }
        case .named(let names): names.map { ("", $0) }
        }
    }

    private func clusterRole(_ rules: [PermissionGrant.KubernetesRule]) -> String {
        var lines = [
            "apiVersion: rbac.authorization.k8s.io/v1",
            "kind: ClusterRole",
            "metadata:",
            "  name: \(name)",
            rules.isEmpty ? "rules: []" : "rules:",
        ]
        for rule in rules {
            lines.append("  - apiGroups: \(Self.list([rule.apiGroup]))")
            lines.append("    resources: \(Self.list(rule.resources))")
            lines.append("    verbs: \(Self.list(rule.verbs))")
        }
        return lines.joined(separator: "\n")
    }

    /// A YAML list on one line; JSON texts are YAML texts.
    private static func list(_ texts: [String]) -> String {
        let members = texts.map { text in
            var writer = JSONWriter()
            writer.value(text)
            return writer.text
        }
        return "[\(members.joined(separator: ", "))]"
    }

    private func policy(_ actions: [String]) -> String {
        var writer = JSONWriter(isIndented: true)
        writer.object { policy in
            policy.member("Version", "2012-10-17")
            policy.key("Statement")
            policy.array { statements in
                for service in Self.services(of: actions) {
                    statements.object { statement in
                        statement.member("Effect", "Allow")
                        statement.member("Action", service.members)
                        statement.member("Resource", "*")
                    }
                }
            }
        }
        return writer.text
    }

    private static func services(of actions: [String]) -> [(heading: String, members: [String])] {
        actions.grouped { String($0.prefix { $0 != ":" }) }
    }
}
