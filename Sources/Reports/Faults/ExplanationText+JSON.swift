import FaultModel

extension ExplanationText {
    /// The same as JSON, indented, without a line end behind the last line.
    ///
    /// The value of a secret is `null`.
    public var json: String {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.member("name", document.id)
            object.member("edition", document.edition.name)
            object.member("disruption", disruption.summary)
            object.key("tunables")
            object.array { list in
                for tunable in reading.tunables { Self.write(tunable, to: &list) }
            }
            object.key("figures")
            object.array { list in
                for figure in fault.figures {
                    list.object { object in
                        object.member("name", figure.name)
                        object.member("value", figure.value)
                        object.member("explanation", figure.explanation)
                    }
                }
            }
            object.key("permissions")
            object.array { list in
                for grant in fault.permissions { Self.write(grant, to: &list) }
            }
            object.key("remarks")
            object.array { list in
                for diagnostic in reading.diagnostics { Self.write(diagnostic, to: &list) }
            }
        }
        return writer.text
    }

    private static func write(_ tunable: ResolvedTunable, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("key", tunable.row.key)
            object.member("value", tunable.text)
            object.member("unit", tunable.row.unit)
            object.member("origin", tunable.origin == .documentedDefault ? "default" : "set")
        }
    }

    private static func write(_ grant: PermissionGrant, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("holder", grant.holder)
            switch grant.permissions {
            case .kubernetes(let rules):
                object.key("kubernetes")
                object.array { list in
                    for rule in rules {
                        list.object { object in
                            object.member("apiGroup", rule.apiGroup)
                            object.member("resources", rule.resources)
                            object.member("verbs", rule.verbs)
                        }
                    }
                }
            case .iam(let actions): object.member("iam", actions)
            case .named(let names): object.member("named", names)
            }
        }
    }

    private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("severity", diagnostic.severity.rawValue)
            object.member("key", diagnostic.key)
            object.member("message", diagnostic.message)
            object.member("hint", diagnostic.hint)
        }
    }
}
