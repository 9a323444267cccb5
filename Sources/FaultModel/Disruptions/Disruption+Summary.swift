extension Disruption {
    /// What it does, in a few words for a plan or report.
    public var summary: String {
        switch self {
        case .reset(let reset): reset.summary
        case .shape(let shape): shape.summary
        }
    }
}

extension ResetDisruption {
    /// What it does, in a few words for a plan or report.
    ///
    /// As in `reset exactly 30 % of requests, 500 ms after the request was received`.
    public var summary: String {
        let units = unit == .request ? "requests" : "connections"
        let chosen =
            switch selection {
            case .exactFraction(.hundred), .every(1): "every \(unit.rawValue)"
            case .exactFraction(let share): "exactly \(share) of \(units)"
            case .keyedDraw(let share): "about \(share) of \(units), drawn by what they ask"
            case .independentDraw(let share): "about \(share) of \(units), drawn independently"
            case .first(let count): "the first \(count) \(units)"
            case .every(let period): "the last of each \(period) \(units)"
            case .ordinals(let ordinals): "\(ordinals.count) chosen \(units)"
            }
        let moment =
            switch trigger {
            case .connectionAccepted: "the connection was accepted"
            case .requestHead: "the head was received"
            case .requestComplete: "the request was received"
            case .firstResponseByte: "the answer began"
            }
        let when = delay == .zero ? "as soon as \(moment)" : "\(delay.milliseconds) ms after \(moment)"
        let prefix = responsePrefix > 0 ? ", behind \(responsePrefix) bytes of the answer" : ""
        let forwarded = forwarding == .never ? ", never forwarded" : ""
        return "reset \(chosen), \(when)\(prefix)\(forwarded)"
    }
}

extension ShapeDisruption {
    /// What it does, in a few words for a plan or report.
    ///
    /// As in `shape what leaves to 1mbit, burst 32kb, queue 2mb`.
    public var summary: String {
        let what =
            switch destinations {
            case .everything: "what leaves"
            case .only(let addresses, let hosts):
                "what leaves to \((addresses.map(\.text) + hosts.map(\.text)).joined(separator: ", "))"
            }
        let peak = peak.map { ", peak \($0.rate) with a bucket of \($0.bucket)" } ?? ""
        return "shape \(what) to \(rate), burst \(burst), queue \(limit)\(peak)"
    }
}

extension Duration {
    fileprivate var milliseconds: String {
        let (whole, micros) = (wholeNanoseconds / 1000).quotientAndRemainder(dividingBy: 1000)
        guard micros != 0 else { return "\(whole)" }
        let digits = String(micros)
        return "\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
