import FaultModel
import SocketIO

/// What the words behind `faultlab proxy` ask for.
struct ProxyArguments {
    var listen: TCPAddress?
    var upstream: TCPAddress?
    let faults: [FaultWords]
    var seed: UInt64 = 1
    var duration: Duration?
    var events: String?
    var recognition = Recognition.http1

    /// Everything that is wrong with the words, one line each.
    private(set) var problems: [String] = []

    /// Reads the words; nothing is left out because of an earlier mistake.
    init(_ words: [String]) {
        let options = Options(
            words, of: "faultlab proxy", names: FaultWords.options + Self.options, repeatable: Set(FaultWords.options))
        let (faults, problems) = FaultWords.collect(options)
        self.faults = faults
        self.problems = options.problems + problems
        for option in options.given where Self.options.contains(option.name) { read(option.name, option.value) }
        settle()
    }

    private static let options = ["--listen", "--upstream", "--seed", "--duration", "--events", "--recognition"]

    private mutating func read(_ option: String, _ value: String) {
        switch option {
        case "--listen": listen = address(option, value)
        case "--upstream":
            upstream = address(option, value)
            if upstream?.port == 0 {
                problems.append("--upstream \(Options.shown(value)): port 0 is no port to connect to")
            }
        case "--seed": seed = Options.seed(value, &problems) ?? seed
        case "--duration":
            guard let length = Self.seconds(value) else {
                problems.append(
                    "--duration \(Options.shown(value)): write seconds, more than 0 and at most a year, as in 60 or 1.5"
                )
                return
            }
            duration = length
        case "--recognition":
            switch value {
            case "http1": recognition = .http1
            case "off": recognition = .off
            default:
                problems.append(
                    "--recognition \(Options.shown(value)): write http1, or off to read nothing of the bytes")
            }
        default: events = value
        }
    }

    private mutating func address(_ option: String, _ text: String) -> TCPAddress? {
        do throws(AddressError) {
            return try TCPAddress(parsing: text)
        } catch {
            problems.append("\(option) \(Options.shown(error.text)): \(error.reason)")
            return nil
        }
    }

    /// Seconds in digits with a point at most; the standard library takes `0x10`, `1e3` and `nan` as well.
    private static func seconds(_ text: String) -> Duration? {
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let seconds = Double(text), seconds <= 31_536_000 else { return nil }
        let length = Duration.seconds(seconds)
        return length > .zero ? length : nil
    }

    /// Whether a proxy that listens here would pass every connection on to itself.
    private var isALoop: Bool {
        guard let listen, let upstream, listen.port == upstream.port, listen.port != 0 else { return false }
        let isAnyHost = ["0.0.0.0", "::"].contains(listen.host)
        return listen == upstream || isAnyHost && (upstream.host.hasPrefix("127.") || upstream.host == "::1")
    }

    /// Says what is missing or contradicts itself.
    private mutating func settle() {
        for (option, isMissing) in [("--listen", listen == nil), ("--upstream", upstream == nil)] where isMissing {
            guard !problems.contains(where: { $0.hasPrefix(option) }) else { continue }
            problems.append("\(option) HOST:PORT is missing")
        }
        if isALoop, let upstream {
            problems.append("--upstream \(upstream): the proxy listens there itself; give one of them another port")
        }
    }
}
