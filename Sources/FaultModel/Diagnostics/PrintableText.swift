extension String {
    /// The text on one line of a terminal: control characters as escapes, a long text cut short.
    ///
    /// Values come from files and arguments; printed raw, one could move the cursor or hide the message it stands in.
    package func printable(limit: Int = 120) -> String {
        var result = ""
        var count = 0
        for scalar in unicodeScalars {
            if count == limit { return result + "…" }
            count += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text in quotation marks as a literal would have it, on one line of a terminal.
    ///
    /// A debug description leaves control and format characters beyond ASCII as they are, and a terminal obeys them.
    package var quoted: String { debugDescription.printable(limit: .max) }
}
