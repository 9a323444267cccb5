/// The way in which the share of a fault is turned into single choices.
///
/// No document names this; it is ours, and it is therefore no tunable and not exported. The default, an exact fraction, is
/// what `TOXICITY=30` promises: three of every ten.
///
/// ```swift
/// PodHTTPResetPeer(toxicity: 30, choosing: .keyedDraw)
/// PodHTTPResetPeer(choosing: .first(1))
/// ```
public struct RequestChoice: Hashable, Sendable {
    private enum Method: Hashable {
        case exactFraction
        case keyedDraw
        case independentDraw
        case fixed(Selection)
    }

    private let method: Method

    /// Exactly the share in order of arrival, at positions that the seed shuffles.
    public static let exactFraction = RequestChoice(method: .exactFraction)
    /// A draw keyed by seed, rule, request fingerprint and occurrence, which thread timing cannot change.
    public static let keyedDraw = RequestChoice(method: .keyedDraw)
    /// An independent draw for each arrival; the count varies from seed to seed.
    public static let independentDraw = RequestChoice(method: .independentDraw)

    /// The first so many, then none; the share of the fault does not count.
    ///
    /// - Parameter count: How many, 0 or more.
    /// - Returns: A fixed choice.
    /// - Precondition: `count` is not negative.
    public static func first(_ count: Int) -> RequestChoice {
        precondition(count >= 0, "first(\(count)): a number of requests is not negative")
        return RequestChoice(method: .fixed(.first(count)))
    }

    /// The n-th, the 2n-th and so on; the share of the fault does not count.
    ///
    /// - Parameter distance: The distance from one to the next, 1 or more.
    /// - Returns: A fixed choice.
    /// - Precondition: `distance` is at least 1.
    public static func every(_ distance: Int) -> RequestChoice {
        precondition(distance >= 1, "every(\(distance)): the distance from one request to the next is at least 1")
        return RequestChoice(method: .fixed(.every(distance)))
    }

    /// Exactly these; the share of the fault does not count.
    ///
    /// - Parameter numbers: Positions in order of arrival, counted from 1.
    /// - Returns: A fixed choice.
    /// - Precondition: No number is below 1.
    public static func ordinals(_ numbers: Set<Int>) -> RequestChoice {
        precondition(numbers.allSatisfy { $0 >= 1 }, "ordinals are counted from 1: \(numbers.sorted())")
        return RequestChoice(method: .fixed(.ordinals(numbers)))
    }

    /// Whether the share of the fault does not count.
    var isFixed: Bool {
        if case .fixed = method { true } else { false }
    }

    /// The rule by which the engine picks.
    ///
    /// - Parameter share: The share of the fault, as in `TOXICITY`.
    /// - Returns: The selection.
    public func selection(of share: Percentage) -> Selection {
        switch method {
        case .exactFraction: .exactFraction(share)
        case .keyedDraw: .keyedDraw(share)
        case .independentDraw: .independentDraw(share)
        case .fixed(let selection): selection
        }
    }
}

extension RequestChoice: CustomStringConvertible {
    /// The choice as Swift writes it, as in `first(1)`.
    public var description: String {
        switch method {
        case .exactFraction: "exactFraction"
        case .keyedDraw: "keyedDraw"
        case .independentDraw: "independentDraw"
        case .fixed(.ordinals(let numbers)): "ordinals(\(numbers.sorted()))"
        case .fixed(let selection): "\(selection)"
        }
    }
}
