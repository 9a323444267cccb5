/// The grammar of RFC 8259, written for checking alone: it keeps nothing and takes nothing that the RFC does not.
struct JSONGrammar {
    private let bytes: [UInt8]
    private var index = 0

    /// Whether a text is one JSON value, with white space around it at most.
    static func accepts(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var grammar = JSONGrammar(bytes: bytes)
        return grammar.value() && grammar.next == nil
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte that is no white space.
    private var next: UInt8? {
        mutating get {
            while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
            return index < bytes.count ? bytes[index] : nil
        }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard next != nil, bytes[index...].starts(with: text.description.utf8) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    private mutating func value() -> Bool {
        switch next {
        case UInt8(ascii: "{"): list(end: "}") { $0.string() && $0.take(":") && $0.value() }
        case UInt8(ascii: "["): list(end: "]") { $0.value() }
        case UInt8(ascii: "\""): string()
        case nil: false
        default: take("true") || take("false") || take("null") || number()
        }
    }

    private mutating func list(end: StaticString, _ member: (inout JSONGrammar) -> Bool) -> Bool {
        index += 1
        if take(end) { return true }
        repeat {
            guard member(&self) else { return false }
        } while take(",")
        return take(end)
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case 0..<0x20: return false
            case UInt8(ascii: "\\"):
                guard index < bytes.count else { return false }
                let kind = bytes[index]
                index += 1
                if "\"\\/bfnrt".utf8.contains(kind) { continue }
                guard kind == UInt8(ascii: "u"), index + 4 <= bytes.count,
                    bytes[index..<index + 4].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
                else { return false }
                index += 4
            default: continue
            }
        }
        return false
    }

    private mutating func number() -> Bool {
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let start = index
        guard digits() else { return false }
        if bytes[start] == UInt8(ascii: "0"), index > start + 1 { return false }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard digits() else { return false }
        }
        if index < bytes.count, "eE".utf8.contains(bytes[index]) {
            index += 1
            if index < bytes.count, "+-".utf8.contains(bytes[index]) { index += 1 }
            guard digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = index
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        return index > start
    }
}
