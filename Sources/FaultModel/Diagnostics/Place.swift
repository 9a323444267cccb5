/// Where somebody wrote a value, so that a message can point there.
public enum Place: Hashable, Sendable {
    /// Nowhere that can be named: the value was computed.
    case unknown
    /// A line of Swift.
    case swift(fileID: String, line: Int)
    /// A line and column of a file, both counted from 1.
    case file(path: String, line: Int, column: Int)
    /// An argument of a command line, as it was typed.
    case argument(String)

    /// The place without the value that an argument carries, for secrets and for keys nobody knows.
    var withoutValue: Place {
        guard case .argument(let text) = self, let sign = text.firstIndex(of: "=") else { return self }
        return .argument(text[...sign] + "…")
    }
}

extension Place: CustomStringConvertible {
    /// The place as a terminal shows it, as in `faults.env:3:1`; empty when unknown.
    public var description: String {
        switch self {
        case .unknown: ""
        case .swift(let fileID, let line): "\(fileID.printable()):\(line)"
        case .file(let path, let line, let column): "\(path.printable()):\(line):\(column)"
        case .argument(let text): "argument \(text.printable())"
        }
    }
}
