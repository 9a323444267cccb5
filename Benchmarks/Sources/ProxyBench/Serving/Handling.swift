import Evidence
import FaultModel
import FaultProxy

/// What a proxy of ours does with the requests.
enum Handling: String {
    /// It reads nothing of them.
    case relay
    /// It reads them as HTTP and has no fault.
    case http
    /// It decides each of them and picks none.
    case sparing
    /// It picks one of a thousand, whose connection is reset.
    case selecting
    /// It resets each.
    case resetting

    /// The faults that are armed.
    ///
    /// - Parameter delay: The time from a picked request to its RST.
    /// - Returns: One fault, or none.
    func faults(delay: Duration) -> [ProxyFault] {
        let selection: Selection? =
            switch self {
            case .relay, .http: nil
            case .sparing: .exactFraction(.zero)
            case .selecting: .every(1000)
            case .resetting: .all
            }
        guard let selection else { return [] }
        return [ProxyFault("bench", .reset(ResetDisruption(delay: delay, selection: selection)))]
    }
}
