/// Where a vCenter or an ESXi host listens, as in `https://vcenter.example.com` or `vcenter.example.com:8443`.
///
/// Without a scheme it is `https`, as for `govc`. User and password do not belong here; a text that holds them is refused
/// without being quoted.
public struct VCenterURL: TextQuantity {
    /// The address as it was written.
    public let text: String
    /// Whether the connection is encrypted.
    public let usesTLS: Bool
    /// The name or address of the host; an IPv6 address stands without brackets.
    public let host: String
    /// The port, if it was written.
    public let port: PortNumber?

    /// What documentation calls the type.
    public static let typeName = "vCenter URL"
    /// The rule as half a sentence.
    public static let rule = "a vCenter URL is https://HOST, https://HOST:PORT, or HOST alone"

    /// Reads an address.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The address.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        // First of all: everything below may quote.
        if text.utf8.contains(UInt8(ascii: "@")) {
            throw TunableFlaw(
                message: "user and password do not belong into the URL",
                hint: "credentials belong in GOVC_USERNAME and GOVC_PASSWORD", hidesValue: true)
        }
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw TunableFlaw() }
        var usesTLS = true
        var rest = text[...]
        if let mark = text.range(ofText: "://") {
            switch text[..<mark.lowerBound].lowercased() {
            case "https": break
            case "http": usesTLS = false
            case let scheme: throw TunableFlaw(message: "'\(scheme)' is not https", hint: "write https://HOST")
            }
            rest = text[mark.upperBound...]
        }
        if rest.contains("?") || rest.contains("#") {
            throw TunableFlaw(message: "a query or fragment means nothing here", hint: "write https://HOST")
        }
        let (host, port) = try authority(rest.prefix { $0 != "/" })
        return Self(text: text, usesTLS: usesTLS, host: host, port: port)
    }

    /// Warns of credentials that would travel in clear.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when the connection is encrypted.
    public static func note(on text: String, readAs value: Self) -> String? {
        value.usesTLS ? nil : "over http user and password travel unprotected; write https"
    }

    private init(text: String, usesTLS: Bool, host: String, port: PortNumber?) {
        self.text = text
        self.usesTLS = usesTLS
        self.host = host
        self.port = port
    }

    private static func authority(_ text: Substring) throws(TunableFlaw) -> (host: String, port: PortNumber?) {
        var host = text.prefix { $0 != ":" }
        var rest = text[host.endIndex...]
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { throw TunableFlaw() }
            host = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
            guard let address = IPAddress(String(host)), address.family == .v6 else {
                throw TunableFlaw(message: "what stands in brackets is no IPv6 address")
            }
        } else if IPAddress(String(host))?.family != .v4, HostName(String(host)) == nil {
            throw TunableFlaw(
                message: host.isEmpty ? nil : "'\(String(host).printable())' is no host name and no address")
        }
        if rest.isEmpty { return (host.lowercased(), nil) }
        guard rest.first == ":" else { throw TunableFlaw() }
        if rest.count == 1 { throw TunableFlaw(message: "a port is missing behind ':'", hint: "drop the ':'") }
        do throws(TunableFlaw) {
            return (host.lowercased(), try TunableCodec<PortNumber>.port.read(String(rest.dropFirst())).value)
        } catch {
            throw error.about(String(rest.dropFirst()), rule: "a port is a whole number from 1 to 65535")
        }
    }
}
