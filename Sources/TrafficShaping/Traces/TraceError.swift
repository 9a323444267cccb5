/// Why a text is no trace of packets; the first line that is wrong decides.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1; a header counts.
    public let line: Int
    /// The column, when it is about one.
    public let column: TraceColumn?
    /// What stands there, made printable and cut short, when it is about a value.
    public let value: String?
    /// What is the matter, half a sentence.
    public let message: String
    /// What to write instead, half a sentence.
    public let hint: String?

    init(
        line: Int, column: TraceColumn? = nil, value: (some Sequence<UInt8>)? = [UInt8]?.none, message: String,
        hint: String? = nil
    ) {
        self.line = line
        self.column = column
        self.value = value.map { Self.printable($0) }
        self.message = message
        self.hint = hint
    }

    /// Everything on one line, as in `line 7: size_bytes=-5: a size is a whole number of bytes from 1 to 4294967295`.
    public var description: String {
        var text = "line \(line): "
        if let column { text += column.rawValue + (value.map { "=\($0)" } ?? "") + ": " }
        return text + message + (hint.map { "; \($0)" } ?? "")
    }

    /// The beginning of a text as a terminal may show it: nothing may steer it, and nothing is endless.
    static func printable(_ bytes: some Sequence<UInt8>) -> String {
        let start = Array(bytes.prefix(41))
        let scalars = String(decoding: start.prefix(40), as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }
        return scalars.joined() + (start.count > 40 ? "…" : "")
    }
}
