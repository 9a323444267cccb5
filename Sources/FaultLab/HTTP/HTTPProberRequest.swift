import FaultModel
import ResetPeer

/// The request of a probe, known to be one that a server can read.
struct HTTPProberRequest: Hashable, Sendable {
    /// What is asked, for messages, as in `GET /health at 127.0.0.1:8080`; without the query.
    let summary: String
    /// The bytes on the wire.
    let bytes: [UInt8]
    /// What decides how the answer is framed.
    let kind: ResponseRecognizer.RequestKind

    /// A field that is set as given.
    typealias Field = (name: String, value: String)

    /// Describes a GET.
    ///
    /// - Parameters:
    ///   - target: The target, as in `/health`.
    ///   - authority: Host and port.
    init(get target: String, authority: String) {
        self.init("GET", target, authority: authority, fields: [], content: [])
    }

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: The method; `CONNECT` asks nothing.
    ///   - target: Path and query.
    ///   - authority: Host and port; a `Host` among the fields goes before it.
    ///   - fields: The header fields.
    ///   - content: The body.
    /// - Throws: ``ProbeFlaw`` for a method or a field that is none, or that the probe writes itself.
    init(
        checking method: String, _ target: String, authority: String, fields: [Field], content: [UInt8]
    ) throws(ProbeFlaw) {
        guard method.isToken else { throw ProbeFlaw("a method is a word, as in GET, not \(method.quoted)") }
        guard method != "CONNECT" else { throw ProbeFlaw("CONNECT opens a tunnel and asks nothing: use GET or HEAD") }
        for field in fields {
            guard field.name.isToken else {
                throw ProbeFlaw("the name of a header is a word, not \(field.name.quoted)")
            }
            guard !field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
                // The value stays out of the message: it may be a password.
                throw ProbeFlaw("the header \(field.name) has a control character in its value")
            }
            guard !Self.ownFields.contains(field.name.lowercased()) else {
                throw ProbeFlaw("the header \(field.name) is written by the probe itself: leave it out")
            }
        }
        self.init(method, target, authority: authority, fields: fields, content: content)
    }

    /// Fields that decide how long request and connection are.
    private static let ownFields: Set = ["connection", "content-length", "transfer-encoding", "upgrade"]

    private init(_ method: String, _ target: String, authority: String, fields: [Field], content: [UInt8]) {
        summary = "\(method) \(target.prefix { $0 != "?" }) at \(authority)"
        kind = method == "HEAD" ? .head : .other
        var head = "\(method) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.name.lowercased() == "host" }) { head += "Host: \(authority)\r\n" }
        for field in fields { head += "\(field.name): \(field.value)\r\n" }
        // RFC 9110 section 8.6: a method that expects a body states its length even when there is none.
        if !content.isEmpty || ["POST", "PUT", "PATCH"].contains(method) {
            head += "Content-Length: \(content.count)\r\n"
        }
        bytes = Array("\(head)Connection: close\r\n\r\n".utf8) + content
    }
}

extension String {
    /// Whether the text is a token, RFC 9110 section 5.6.2.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
