/// What a fuzzer's input means: parts between tildes, the first byte of each names the event.
///
/// The form is chosen so that a person can write inputs in a text editor and the fuzzer can join them:
/// `2~cGET / HTTP/1.1…~uHTTP/1.1 200 OK…~t9~s~C`.
struct Script {
    enum Event {
        case client(ArraySlice<UInt8>)
        case upstream(ArraySlice<UInt8>)
        case clientEnds(isReset: Bool)
        case upstreamEnds(isReset: Bool)
        /// Tenths of a second.
        case time(Int)
        case rules(Int)
        /// The reset that is ordered, if there is one, is carried out.
        case sendReset
    }

    /// The set of rules under which the connection is opened.
    let firstRules: Int
    /// Whether the driver reads on although it should not, which must not trap either.
    let isUnruly: Bool
    let events: [Event]

    init(_ input: [UInt8]) {
        let parts = input.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: true)
        firstRules = Self.number(parts.first?.first)
        isUnruly = parts.first?.dropFirst().first == UInt8(ascii: "!")
        events = parts.dropFirst().map { part in
            let rest = part.dropFirst()
            return switch part.first {
            case UInt8(ascii: "u"): .upstream(rest)
            case UInt8(ascii: "C"): .clientEnds(isReset: false)
            case UInt8(ascii: "X"): .clientEnds(isReset: true)
            case UInt8(ascii: "U"): .upstreamEnds(isReset: false)
            case UInt8(ascii: "Y"): .upstreamEnds(isReset: true)
            case UInt8(ascii: "t"): .time(Self.number(rest.first))
            case UInt8(ascii: "r"): .rules(Self.number(rest.first))
            case UInt8(ascii: "s"): .sendReset
            default: .client(rest)
            }
        }
    }

    private static func number(_ byte: UInt8?) -> Int {
        byte.map { Int($0 &- UInt8(ascii: "0")) } ?? 0
    }
}
