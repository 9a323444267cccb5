import Evidence

/// What a measured value is held against.
///
/// ```swift
/// let status: Comparison<Int> = 200                          // a literal stands for exactly that value
/// let latency: Comparison<Duration> = .atMost(.milliseconds(300))
/// status.holds(for: 503)                                     // false
/// "\(latency)"                                               // at most 300 ms
/// ```
///
/// `init(criteria:value:)` and `init(criteria:values:)` read the words of probe documents.
public struct Comparison<Value: Comparable & Sendable>: Equatable, Sendable {
    enum Criterion: Equatable, Sendable {
        case equal(Value)
        case notEqual(Value)
        case less(Value)
        case atMost(Value)
        case greater(Value)
        case atLeast(Value)
        case between(ClosedRange<Value>)
        case oneOf([Value])
    }

    private let criterion: Criterion

    /// Exactly a value.
    ///
    /// - Parameter value: The value.
    /// - Returns: The comparison.
    public static func equal(to value: Value) -> Self { Self(criterion: .equal(value)) }

    /// Anything but a value.
    ///
    /// - Parameter value: The value.
    /// - Returns: The comparison.
    public static func notEqual(to value: Value) -> Self { Self(criterion: .notEqual(value)) }

    /// Less than a value, which itself is too much.
    ///
    /// - Parameter value: The value.
    /// - Returns: The comparison.
    public static func less(than value: Value) -> Self { Self(criterion: .less(value)) }

    /// A value or less.
    ///
    /// - Parameter value: The largest value that holds.
    /// - Returns: The comparison.
    public static func atMost(_ value: Value) -> Self { Self(criterion: .atMost(value)) }

    /// More than a value, which itself is too little.
    ///
    /// - Parameter value: The value.
    /// - Returns: The comparison.
    public static func greater(than value: Value) -> Self { Self(criterion: .greater(value)) }

    /// A value or more.
    ///
    /// - Parameter value: The smallest value that holds.
    /// - Returns: The comparison.
    public static func atLeast(_ value: Value) -> Self { Self(criterion: .atLeast(value)) }

    /// A range, both ends included.
    ///
    /// - Parameter range: The values that hold, as in `200...299`.
    /// - Returns: The comparison.
    public static func between(_ range: ClosedRange<Value>) -> Self { Self(criterion: .between(range)) }

    /// Any value of a list.
    ///
    /// - Parameter values: The values that hold, at least one.
    /// - Returns: The comparison.
    /// - Precondition: The list has a value; nothing could ever hold otherwise.
    public static func oneOf(_ values: [Value]) -> Self {
        precondition(!values.isEmpty, "a comparison with one of several values needs at least one value")
        return Self(criterion: .oneOf(values))
    }

    /// Tells whether a measured value is as it should be.
    ///
    /// - Parameter value: The measured value; one that is not even equal to itself, such as a division of zero by zero,
    ///   holds for nothing, not even for being different.
    /// - Returns: Whether it holds.
    public func holds(for value: Value) -> Bool {
        guard value == value else { return false }
        return switch criterion {
        case .equal(let wanted): value == wanted
        case .notEqual(let unwanted): value != unwanted
        case .less(let limit): value < limit
        case .atMost(let limit): value <= limit
        case .greater(let limit): value > limit
        case .atLeast(let limit): value >= limit
        case .between(let range): range.contains(value)
        case .oneOf(let list): list.contains(value)
        }
    }

    /// The words for a value, so that a length of time reads as everywhere else.
    static func text(of value: Value) -> String {
        if let length = value as? Duration { Wording.length(length) } else { "\(value)" }
    }
}

extension Comparison: CustomStringConvertible {
    /// Half a sentence that follows *expected*, as in `at least 200`.
    public var description: String {
        switch criterion {
        case .equal(let value): "exactly \(Self.text(of: value))"
        case .notEqual(let value): "anything but \(Self.text(of: value))"
        case .less(let value): "less than \(Self.text(of: value))"
        case .atMost(let value): "at most \(Self.text(of: value))"
        case .greater(let value): "more than \(Self.text(of: value))"
        case .atLeast(let value): "at least \(Self.text(of: value))"
        case .between(let range):
            "between \(Self.text(of: range.lowerBound)) and \(Self.text(of: range.upperBound))"
        case .oneOf(let list) where list.count == 1: list.map { "exactly \(Self.text(of: $0))" }.joined()
        case .oneOf(let list): "one of \(Wording.list(list.map { Self.text(of: $0) }))"
        }
    }
}

extension Comparison: ExpressibleByIntegerLiteral where Value: ExpressibleByIntegerLiteral {
    /// Compares with exactly the number of a literal, as in `status: 200`.
    ///
    /// - Parameter value: The number.
    public init(integerLiteral value: Value.IntegerLiteralType) {
        self = .equal(to: Value(integerLiteral: value))
    }
}

extension Comparison: Hashable where Value: Hashable {}
extension Comparison.Criterion: Hashable where Value: Hashable {}
