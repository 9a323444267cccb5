/// A JSON value, written as text.
indirect enum JSON {
    case text(String)
    case number(Double)
    case integers([Int64])
    case list([JSON])
    case object([(String, JSON)])
    case null

    init(_ figure: Double?) {
        self = if let figure, figure.isFinite { .number(figure) } else { .null }
    }

    /// The text, an element of a list of objects or lists on a line of its own.
    var description: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number):
            if let whole = Int64(exactly: number) { String(whole) } else { String(number) }
        case .integers(let integers): "[" + integers.map(String.init).joined(separator: ",") + "]"
        case .list(let list): "[\n" + list.map(\.description).joined(separator: ",\n") + "\n]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.0) + ": " + $0.1.description }.joined(separator: ", ") + "}"
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
