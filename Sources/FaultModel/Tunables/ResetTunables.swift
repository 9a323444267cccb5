/// Tunables that the documents of reset faults share, each with its own default and words.
enum ResetTunables {
    /// The delay of the reset.
    ///
    /// A day is the longest: later than any fault ends.
    static func resetTimeout(default timeout: Duration, _ summary: String) -> Tunable<Duration> {
        Tunable("RESET_TIMEOUT", .milliseconds(0...86_400_000), default: timeout, layer: .wire, summary: summary)
    }

    /// The port of the service; all documents have 80.
    static func targetServicePort(_ summary: String) -> Tunable<PortNumber> {
        Tunable("TARGET_SERVICE_PORT", .port, default: 80, layer: .interception, summary: summary)
    }

    /// The port of the proxy.
    static func proxyPort(default port: PortNumber, _ summary: String) -> Tunable<PortNumber> {
        Tunable("PROXY_PORT", .port, default: port, layer: .interception, summary: summary)
    }

    /// The interface of the redirect.
    static func networkInterface(default interface: InterfaceSelection, _ summary: String) -> Tunable<
        InterfaceSelection
    > {
        Tunable("NETWORK_INTERFACE", .text, default: interface, layer: .interception, summary: summary)
    }

    /// The share of requests.
    static let toxicity = Tunable(
        "TOXICITY", .percentage, default: .hundred, layer: .wire, hint: "use 100 to reset every request",
        summary: "The share of intercepted requests whose connection is reset.")
}
