/// Writes JSON text into bytes, value by value.
///
/// The writer places commas and escapes texts; that keys and values alternate, and that brackets close, follows from the
/// shape of the calls.
package struct JSONWriter: Sendable {
    /// The text so far, in UTF-8.
    package private(set) var bytes: [UInt8] = []
    /// The text so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    private var needsComma = false
    private var followsKey = false
    /// How many brackets are open; `nil` where the text stays on one line.
    private var depth: Int?

    /// Creates a writer with no text.
    ///
    /// - Parameter isIndented: Whether each member and element gets a line of its own, for readers who are people.
    package init(isIndented: Bool = false) {
        depth = isIndented ? 0 : nil
    }

    /// Writes an object.
    ///
    /// - Parameter members: Writes the members, each with ``key(_:)`` and one value, or with a `member` method.
    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        nest("{", members, "}")
    }

    /// Writes an array.
    ///
    /// - Parameter elements: Writes the elements, one value each.
    package mutating func array(_ elements: (inout JSONWriter) -> Void) {
        nest("[", elements, "]")
    }

    /// Writes the name of a member; its value follows.
    ///
    /// - Parameter name: The name.
    package mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        if depth != nil { bytes.append(UInt8(ascii: " ")) }
        followsKey = true
    }

    /// Writes a text.
    ///
    /// - Parameter text: The text.
    package mutating func value(_ text: String) {
        separate()
        quote(text)
    }

    /// Writes a whole number.
    ///
    /// - Parameter number: The number; readers that use floating point lose digits beyond 2^53.
    package mutating func value(_ number: Int64) {
        separate()
        bytes += String(number).utf8
    }

    /// Writes `true` or `false`.
    ///
    /// - Parameter flag: The value.
    package mutating func value(_ flag: Bool) {
        separate()
        bytes += (flag ? "true" : "false").utf8
    }

    /// Writes `null`.
    package mutating func null() {
        separate()
        bytes += "null".utf8
    }

    /// Ends a line; the next value stands alone.
    package mutating func newline() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func nest(
        _ opening: Unicode.Scalar, _ content: (inout JSONWriter) -> Void, _ closing: Unicode.Scalar
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        depth? += 1
        content(&self)
        depth? -= 1
        // Empty brackets stay closed.
        if needsComma { breakLine() }
        bytes.append(UInt8(ascii: closing))
        needsComma = true
    }

    private mutating func separate() {
        if followsKey {
            followsKey = false
            return
        }
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        breakLine()
        needsComma = true
    }

    private mutating func breakLine() {
        guard let depth, let last = bytes.last, last != UInt8(ascii: "\n") else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += String(repeating: " ", count: depth * 2).utf8
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars { append(escaped: scalar) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes += #"\""#.utf8
        case "\\": bytes += #"\\"#.utf8
        case "\n": bytes += #"\n"#.utf8
        case "\r": bytes += #"\r"#.utf8
        case "\t": bytes += #"\t"#.utf8
        case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
            // RFC 8259 asks for the first range. The others end a line for some readers of lines, or steer a terminal.
            let digits = String(scalar.value, radix: 16)
            bytes += #"\u"#.utf8
            bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
            bytes += digits.utf8
        default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
    }
}

extension JSONWriter {
    /// Writes a member with a text.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - text: The value.
    package mutating func member(_ name: String, _ text: String) {
        key(name)
        value(text)
    }

    /// Writes a member with a text, or with `null` where there is none.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - text: The value.
    package mutating func member(_ name: String, _ text: String?) {
        key(name)
        if let text { value(text) } else { null() }
    }

    /// Writes a member with a list of texts.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - texts: The value.
    package mutating func member(_ name: String, _ texts: [String]) {
        key(name)
        array { list in
            for text in texts { list.value(text) }
        }
    }

    /// Writes a member with a whole number.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - number: The value.
    package mutating func member(_ name: String, _ number: Int64) {
        key(name)
        value(number)
    }

    /// Writes a member with `true` or `false`.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - flag: The value.
    package mutating func member(_ name: String, _ flag: Bool) {
        key(name)
        value(flag)
    }
}
