// Rules about the network interface of a fault.

extension FaultRule {
    /// Only the current ECS document discovers an interface.
    static func interfaceIsNamed(_ interface: PropertyPath<Subject, InterfaceSelection>) -> FaultRule {
        FaultRule(about: interface) { subject in
            guard subject[keyPath: interface] == .auto else { return nil }
            return .warning(
                "this document knows no auto: its platform looks for an interface of that name",
                hint: "name the interface, as in eth0")
        }
    }
}
