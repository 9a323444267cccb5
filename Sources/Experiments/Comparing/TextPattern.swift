import FaultModel

/// A regular expression that is known to be one.
///
/// The text is kept and compiled anew for each use: a compiled `Regex` may not be shared between tasks.
struct TextPattern: Hashable, Sendable {
    let text: String

    /// The most sets in brackets, with the operators between sets.
    ///
    /// The parser of the standard library calls itself for each that stands in another. A hundred of them overflow a stack of
    /// 512 KiB, which is what a task may have, and end the process.
    private static let mostSets = 50

    init(_ text: String) throws(InvalidComparison) {
        // Counted without a look at escapes, which the parser may see elsewhere: too many is an error, too few a crash.
        let sets = ["[", "&&", "--", "~~"].reduce(0) { $0 + text.ranges(of: $1).count }
        guard sets <= Self.mostSets else {
            throw InvalidComparison(
                text, "a regular expression has at most \(Self.mostSets) of [, &&, -- and ~~, this has \(sets)")
        }
        do {
            _ = try Regex(text)
        } catch {
            throw InvalidComparison(text, "a regular expression is expected: \("\(error)".printable())")
        }
        self.text = text
    }

    init(literal: StaticString) {
        do throws(InvalidComparison) {
            try self.init(literal.description)
        } catch {
            preconditionFailure(error.description)
        }
    }

    func isFound(in text: String) -> Bool {
        // By scalars: as characters, a dot would take CR LF for one, and a letter would not be found below an accent.
        guard let regex = try? Regex(self.text).matchingSemantics(.unicodeScalar) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}

extension String {
    func hasBytes(of other: String) -> Bool { utf8.elementsEqual(other.utf8) }

    /// Whether the bytes of another text occur, whatever they would join to as characters.
    func containsBytes(of part: String) -> Bool {
        let (text, part) = (Array(utf8), Array(part.utf8))
        // On buffers, because a body may have a million bytes and test suites run this unoptimized.
        return text.withUnsafeBufferPointer { text in
            part.withUnsafeBufferPointer { part in
                guard let first = part.first else { return true }
                var start = 0
                while start + part.count <= text.count {
                    if text[start] == first {
                        var length = 1
                        while length < part.count, text[start + length] == part[length] { length += 1 }
                        if length == part.count { return true }
                    }
                    start += 1
                }
                return false
            }
        }
    }
}
