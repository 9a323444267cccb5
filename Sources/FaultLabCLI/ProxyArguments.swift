import FaultModel
import SocketIO

/// What the words behind `faultlab proxy` ask for.
struct ProxyArguments {
    var listen: TCPAddress?
    var upstream: TCPAddress?
    var faults: [FaultWords] = []
    var seed: UInt64 = 1
    var duration: Duration?
    var events: String?

    /// A fault with the tunables that were set for it.
    struct FaultWords {
        let name: String
        var entries: [TunableEntry] = []
    }

    /// Everything that is wrong with the words, one line each.
    private(set) var problems: [String] = []

    /// Reads the words; nothing is left out because of an earlier mistake.
    init(_ words: [String]) {
        var rest = Self.split(words)[...]
        var seen: Set<String> = []
        var entriesBeforeFault: [TunableEntry] = []
        while let option = rest.popFirst() {
            guard Self.options.contains(option) else {
                problems.append("there is no option \(option.debugDescription); see faultlab --help")
                continue
            }
            guard let value = rest.popFirst() else {
                problems.append("\(option) wants a value behind it")
                continue
            }
            if !["--fault", "--set"].contains(option), !seen.insert(option).inserted {
                problems.append("\(option) is given twice")
            }
            switch option {
            case "--fault": faults.append(FaultWords(name: value))
            case "--set":
                guard let entry = Self.entry(value) else {
                    problems.append("--set \(value): write KEY=VALUE, as in --set RESET_TIMEOUT=500")
                    continue
                }
                if faults.isEmpty {
                    entriesBeforeFault.append(entry)
                } else {
                    faults[faults.count - 1].entries.append(entry)
                }
            default: read(option, value)
            }
        }
        settle(entriesBeforeFault)
    }

    private static let options = [
        "--listen", "--upstream", "--fault", "--set", "--seed", "--duration", "--events",
    ]

    /// Takes `--option=value` apart, which means the same as `--option value`.
    private static func split(_ words: [String]) -> [String] {
        words.flatMap { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 && options.contains(parts[0]) ? parts : [word]
        }
    }

    private static func entry(_ text: String) -> TunableEntry? {
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { return nil }
        return TunableEntry(
            String(text[..<sign]), String(text[text.index(after: sign)...]), place: .argument("--set \(text[..<sign])"))
    }

    private mutating func read(_ option: String, _ value: String) {
        switch option {
        case "--listen": listen = address(option, value)
        case "--upstream":
            upstream = address(option, value)
            if upstream?.port == 0 { problems.append("--upstream \(value): port 0 is no port to connect to") }
        case "--seed":
            guard let number = UInt64(value) else {
                problems.append("--seed \(value): a seed is a whole number from 0 to \(UInt64.max)")
                return
            }
            seed = number
        case "--duration":
            guard let seconds = Double(value), seconds.isFinite, seconds > 0, seconds <= 31_536_000 else {
                problems.append("--duration \(value): write seconds, more than 0 and at most a year, as in 60 or 1.5")
                return
            }
            duration = .seconds(seconds)
        default: events = value
        }
    }

    private mutating func address(_ option: String, _ text: String) -> TCPAddress? {
        do {
            return try TCPAddress(parsing: text)
        } catch {
            problems.append("\(option) \(error)")
            return nil
        }
    }

    /// Whether a proxy that listens here would pass every connection on to itself.
    private var isALoop: Bool {
        guard let listen, let upstream, listen.port == upstream.port, listen.port != 0 else { return false }
        let isAnyHost = ["0.0.0.0", "::"].contains(listen.host)
        return listen == upstream || isAnyHost && (upstream.host.hasPrefix("127.") || upstream.host == "::1")
    }

    /// Says what is missing or contradicts itself, and gives tunables that stand before the only fault to it.
    private mutating func settle(_ early: [TunableEntry]) {
        if !early.isEmpty {
            if faults.count == 1 {
                faults[0].entries.insert(contentsOf: early, at: 0)
            } else {
                problems.append("--set \(early[0].key): write it behind the --fault that it belongs to")
            }
        }
        for (option, isMissing) in [("--listen", listen == nil), ("--upstream", upstream == nil)] where isMissing {
            guard !problems.contains(where: { $0.hasPrefix(option) }) else { continue }
            problems.append("\(option) HOST:PORT is missing")
        }
        if isALoop, let upstream {
            problems.append("--upstream \(upstream): the proxy listens there itself; give one of them another port")
        }
    }
}
