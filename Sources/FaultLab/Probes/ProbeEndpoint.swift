import SocketIO

/// A host and a port as somebody wrote them, not looked up yet.
struct ProbeEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    let host: String
    let port: Int

    /// Reads `HOST:PORT`.
    ///
    /// - Parameters:
    ///   - text: The text, as in `db.internal:5432` or `[::1]:80`.
    ///   - defaultPort: The port of a text without one; `nil` demands one.
    /// - Throws: ``ProbeFlaw`` with what is wrong.
    init(_ text: String, defaultPort: Int? = nil) throws(ProbeFlaw) {
        let (host, port) = try Self.split(text)
        guard !host.isEmpty else { throw ProbeFlaw("the host is missing") }
        guard host.utf8.allSatisfy(Self.mayStandInHost) else {
            throw ProbeFlaw("a host is a name or an address of letters, digits, dots, dashes and colons")
        }
        self.host = String(host)
        switch (port, defaultPort) {
        case (nil, let port?): self.port = port
        case (nil, nil): throw ProbeFlaw("the port is missing: write HOST:PORT, as in 127.0.0.1:8080")
        case (let digits?, _):
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
                let number = Int(digits), (1...65_535).contains(number)
            else { throw ProbeFlaw("behind the colon stands a port from 1 to 65535") }
            self.port = number
        }
    }

    private static func split(_ text: String) throws(ProbeFlaw) -> (host: Substring, port: Substring?) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw ProbeFlaw("a bracket is not closed") }
            let host = text[text.index(after: text.startIndex)..<end]
            guard host.contains(":") else { throw ProbeFlaw("brackets stand around an IPv6 address only") }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw ProbeFlaw("behind the bracket stands a colon") }
            return (host, rest.isEmpty ? nil : rest.dropFirst())
        }
        guard let colon = text.firstIndex(of: ":") else { return (text[...], nil) }
        let port = text[text.index(after: colon)...]
        guard !port.contains(":") else {
            throw ProbeFlaw("write brackets around an IPv6 address, as in [::1]:8080")
        }
        return (text[..<colon], port)
    }

    /// Bytes of names, of addresses, and of the zone of a link-local address.
    private static func mayStandInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    /// Host and port as one writes them, as in `127.0.0.1:8080` or `[::1]:8080`.
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// All addresses of the host, in the order in which the system would try them; blocks while the system looks.
    ///
    /// All, because not every address of a name need have somebody who listens.
    func lookUp() throws(ProbeFlaw) -> [TCPAddress] {
        do throws(AddressError) {
            return try TCPAddress.lookUp(host, port: port)
        } catch {
            throw ProbeFlaw("look up \(host): \(error.reason)")
        }
    }
}
