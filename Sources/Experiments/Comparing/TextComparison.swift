import Evidence
import FaultModel

/// What a text is held against, such as the body of an answer or the output of a command.
///
/// ```swift
/// let body: TextComparison = .contains("\"status\":\"up\"")
/// let version: TextComparison = .matches(#"version: 2\.\d+"#)
/// ```
///
/// Texts are compared byte for byte as UTF-8, so that a line end or an accent in another form is a difference. A comma is
/// just a comma.
public struct TextComparison: Hashable, Sendable {
    private enum Criterion: Hashable, Sendable {
        case equal(String)
        case notEqual(String)
        case contains(String)
        case doesNotContain(String)
        case matches(TextPattern)
        case doesNotMatch(TextPattern)
        case oneOf([String])
    }

    private let criterion: Criterion

    /// Exactly a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The comparison.
    public static func equal(to text: String) -> Self { Self(criterion: .equal(text)) }

    /// Anything but a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The comparison.
    public static func notEqual(to text: String) -> Self { Self(criterion: .notEqual(text)) }

    /// Any text in which another occurs.
    ///
    /// - Parameter part: What occurs in it; an empty text occurs in each.
    /// - Returns: The comparison.
    public static func contains(_ part: String) -> Self { Self(criterion: .contains(part)) }

    /// Any text in which another does not occur.
    ///
    /// - Parameter part: What does not occur in it.
    /// - Returns: The comparison.
    public static func doesNotContain(_ part: String) -> Self { Self(criterion: .doesNotContain(part)) }

    /// Any text in which a pattern, written in the source, is found.
    ///
    /// - Parameter pattern: A regular expression as `Regex` takes it; `^` and `$` tie it to the ends of the text.
    /// - Returns: The comparison.
    /// - Precondition: The pattern is a regular expression. ``matches(pattern:)`` takes a text from elsewhere.
    public static func matches(_ pattern: StaticString) -> Self {
        Self(criterion: .matches(TextPattern(literal: pattern)))
    }

    /// Any text in which a pattern is found.
    ///
    /// - Parameter pattern: A regular expression as `Regex` takes it; `^` and `$` tie it to the ends of the text.
    /// - Returns: The comparison.
    /// - Throws: ``InvalidComparison`` that shows the pattern when it is no regular expression.
    public static func matches(pattern: String) throws(InvalidComparison) -> Self {
        Self(criterion: .matches(try TextPattern(pattern)))
    }

    /// Any text in which a pattern, written in the source, is not found.
    ///
    /// - Parameter pattern: A regular expression as `Regex` takes it.
    /// - Returns: The comparison.
    /// - Precondition: The pattern is a regular expression. ``doesNotMatch(pattern:)`` takes a text from elsewhere.
    public static func doesNotMatch(_ pattern: StaticString) -> Self {
        Self(criterion: .doesNotMatch(TextPattern(literal: pattern)))
    }

    /// Any text in which a pattern is not found.
    ///
    /// - Parameter pattern: A regular expression as `Regex` takes it.
    /// - Returns: The comparison.
    /// - Throws: ``InvalidComparison`` that shows the pattern when it is no regular expression.
    public static func doesNotMatch(pattern: String) throws(InvalidComparison) -> Self {
        Self(criterion: .doesNotMatch(try TextPattern(pattern)))
    }

    /// Any text of a list.
    ///
    /// - Parameter texts: The texts that hold, at least one.
    /// - Returns: The comparison.
    /// - Precondition: The list has a text; nothing could ever hold otherwise.
    public static func oneOf(_ texts: [String]) -> Self {
        precondition(!texts.isEmpty, "a comparison with one of several texts needs at least one text")
        return Self(criterion: .oneOf(texts))
    }

    /// Tells whether a text is as it should be.
    ///
    /// - Parameter text: The text.
    /// - Returns: Whether it holds.
    public func holds(for text: String) -> Bool {
        switch criterion {
        case .equal(let wanted): text.hasBytes(of: wanted)
        case .notEqual(let unwanted): !text.hasBytes(of: unwanted)
        case .contains(let part): text.containsBytes(of: part)
        case .doesNotContain(let part): !text.containsBytes(of: part)
        case .matches(let pattern): pattern.isFound(in: text)
        case .doesNotMatch(let pattern): !pattern.isFound(in: text)
        case .oneOf(let list): list.contains { text.hasBytes(of: $0) }
        }
    }
}

extension TextComparison: CustomStringConvertible {
    /// Half a sentence that follows *expected*, as in `a text with "ok"`.
    public var description: String {
        switch criterion {
        case .equal(let text): "exactly \(text.quoted)"
        case .notEqual(let text): "anything but \(text.quoted)"
        case .contains(let part): "a text with \(part.quoted)"
        case .doesNotContain(let part): "a text without \(part.quoted)"
        case .matches(let pattern): "a match of /\(pattern.text.printable(limit: .max))/"
        case .doesNotMatch(let pattern): "no match of /\(pattern.text.printable(limit: .max))/"
        case .oneOf(let list) where list.count == 1: list.map { "exactly \($0.quoted)" }.joined()
        case .oneOf(let list): "one of \(Wording.list(list.map(\.quoted)))"
        }
    }
}
