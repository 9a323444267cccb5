// Rules about the two ports of a fault that puts a proxy in front of a service.

extension FaultRule {
    /// The proxy cannot listen where the service does.
    static func distinctPorts(
        proxy: PropertyPath<Subject, PortNumber>, service: PropertyPath<Subject, PortNumber>
    ) -> FaultRule {
        FaultRule(about: proxy, with: service) { subject in
            let port = subject[keyPath: service]
            guard subject[keyPath: proxy] == port else { return nil }
            return .error(
                "the proxy cannot listen on the port it intercepts, TARGET_SERVICE_PORT=\(port)",
                hint: "choose a free port for the proxy")
        }
    }

    /// Ports that usually cannot be bound, or that something else takes sooner or later.
    static func proxyPortIsLikelyFree(_ proxy: PropertyPath<Subject, PortNumber>) -> FaultRule {
        FaultRule(about: proxy) { subject in
            switch subject[keyPath: proxy] {
            case PortNumber.privileged:
                .warning(
                    "binding a port below 1024 needs privilege on the target", hint: "choose 1024 or more")
            case PortNumber(unchecked: 8474):
                .warning(
                    "toxiproxy, which the platforms run on the target, takes commands on 8474",
                    hint: "choose another port")
            case PortNumber.ephemeral:
                .warning(
                    "Linux hands out ports from \(PortNumber.ephemeral.lowerBound) to \(PortNumber.ephemeral.upperBound) to outgoing "
                        + "connections, so it may be taken",
                    hint: "choose a port below \(PortNumber.ephemeral.lowerBound)")
            default: nil
            }
        }
    }
}
