/// A Kubernetes label selector, as in `zone=eu-1,tier in (web, api),!spot`.
///
/// Equality (`=`, `==`, `!=`), sets (`in`, `notin`), presence (`key`) and absence (`!key`), joined by commas, all of which
/// must hold. Two spellings of one selector are equal values. The empty selector, which selects everything, is not a value:
/// tunables say "no selector" instead.
public struct LabelSelector: TextQuantity {
    /// One condition on one label.
    public struct Requirement: Hashable, Sendable {
        /// The label's key, with its prefix if it has one.
        public let key: String
        /// What the label must be.
        public let condition: Condition
    }

    /// What a requirement asks of a label.
    public enum Condition: Hashable, Sendable {
        /// The label is there with this value.
        case equals(String)
        /// The label is absent or has another value.
        case differs(from: String)
        /// The label is there with one of these values, in the order written.
        case isIn([String])
        /// The label is absent or has none of these values, in the order written.
        case isNotIn([String])
        /// The label is there.
        case exists
        /// The label is not there.
        case isAbsent
    }

    /// The conditions in the order written, at least one.
    public let requirements: [Requirement]

    /// What documentation calls the type.
    public static let typeName = "label selector"
    /// The rule as half a sentence.
    public static let rule = """
        a label selector is a list of key=value, key!=value, key in (a,b), key notin (a,b), key or !key
        """

    private init(requirements: [Requirement]) {
        self.requirements = requirements
    }

    /// Reads a selector.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The selector.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        var parser = LabelSelectorParser(text)
        return Self(requirements: try parser.requirements())
    }

    /// The selector in its shortest spelling.
    public var text: String {
        requirements.map(\.description).joined(separator: ",")
    }
}

extension LabelSelector.Requirement: CustomStringConvertible {
    /// The condition as a selector writes it, as in `tier in (web,api)`.
    public var description: String {
        switch condition {
        case .equals(let value): "\(key)=\(value)"
        case .differs(let value): "\(key)!=\(value)"
        case .isIn(let values): "\(key) in (\(values.joined(separator: ",")))"
        case .isNotIn(let values): "\(key) notin (\(values.joined(separator: ",")))"
        case .exists: key
        case .isAbsent: "!\(key)"
        }
    }
}
