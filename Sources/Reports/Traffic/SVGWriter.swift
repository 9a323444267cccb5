/// Writes SVG, element by element, with every text escaped.
struct SVGWriter {
    private(set) var text = ""

    /// Writes an element with what is inside of it.
    ///
    /// - Parameters:
    ///   - name: The name of the element.
    ///   - attributes: Its attributes in order.
    ///   - content: Writes what is inside.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout SVGWriter) -> Void
    ) {
        open(name, attributes)
        text += ">\n"
        content(&self)
        text += "</\(name)>\n"
    }

    /// Writes an element with a text in it.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String) {
        open(name, attributes)
        text += ">\(Self.escaped(content))</\(name)>\n"
    }

    /// Writes an element with nothing in it.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        open(name, attributes)
        text += "/>\n"
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
    }

    /// A text without what XML reads as markup, or may not contain at all.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Double {
    /// A coordinate, to a tenth of a pixel.
    var coordinate: String {
        let tenths = (self * 10).rounded()
        let whole = Int(tenths)
        return whole.isMultiple(of: 10) ? String(whole / 10) : String(tenths / 10)
    }
}
