import FaultModel
import Testing

@Suite("Properties over random input")
struct PropertyTests {
    /// Fixed, so that a failure repeats; change it to look elsewhere.
    static let seed: UInt64 = 20_240_917

    #if DEBUG
    /// A build for debugging takes ten times as long; the checks run both builds.
    static let texts = 400
    #else
    static let texts = 100_000
    #endif

    static let tunables = FaultCatalog.standard.documents.flatMap { document in
        document.rows.map { TunableOfDocument(document: document, row: $0) }
    }

    struct TunableOfDocument: Sendable, CustomTestStringConvertible {
        let document: FaultDocument
        let row: TunableRow

        var testDescription: String { "\(document.id) \(document.edition) \(row.key)" }
    }

    @Test(
        "Random texts for every tunable give a value that was written, or an error; never a trap, a zero or a default",
        arguments: tunables)
    func hostileTexts(tunable: TunableOfDocument) throws {
        let (document, row) = (tunable.document, tunable.row)
        var random = SeededGenerator(seed: Self.seed &+ UInt64(row.key.utf8.count))
        var described = 0
        var readable = 0
        for round in 0..<Self.texts {
            let text = Self.text(using: &random)
            let reading = document.readAlone(TunableEntry(row.key, text))
            lazy var place = "seed \(Self.seed), round \(round): \(row.key)=\(text.debugDescription)"
            described += reading.diagnostics.map(\.description.utf8.count).reduce(0, +)
            guard let written = reading.text else {
                // Nothing was read, or nothing that may be shown. The former must have been said.
                let isSaid = reading.diagnostics.contains { $0.severity == .error && $0.key == row.key }
                if !isSaid && !row.traits.isSecret { Issue.record("\(place) was dropped in silence") }
                readable += isSaid ? 0 : 1
                continue
            }
            readable += 1
            if !Self.isFaithful(written, to: text, of: row.typeName) { Issue.record("\(place) became \(written)") }
            let rewritten = document.readAlone(TunableEntry(row.key, written)).text
            if rewritten != written { Issue.record("\(place) became \(written), and that \(rewritten ?? "nothing")") }
        }
        // The generator must reach both sides: few texts are regions, and few are no password.
        #expect(described > 0)
        #expect((Self.texts / 2000...Self.texts).contains(readable), "\(readable) of \(Self.texts) were readable")
    }

    @Test("Random keys are refused unless they are documented")
    func hostileKeys() {
        var random = SeededGenerator(seed: Self.seed)
        let known = Set(PodHTTPResetPeer.schema.rows.flatMap { [$0.key] + $0.traits.aliases })
        for _ in 0..<10_000 {
            let key = Self.text(using: &random)
            let reading = PodHTTPResetPeer.parse([TunableEntry(key, "1")])
            if !known.contains(key) { #expect(reading.fault == nil, "seed \(Self.seed): \(key.debugDescription)") }
        }
    }

    @Test("What is exported reads as the same fault")
    func roundTrip() {
        var random = SeededGenerator(seed: Self.seed)
        var valid = 0
        for round in 0..<5_000 {
            let fault = Self.fault(using: &random)
            if fault.diagnostics().containErrors { continue }
            valid += 1
            let reading = PodHTTPResetPeer.parse(fault.tunables)
            if reading.fault != fault {
                Issue.record("seed \(Self.seed), round \(round): \(fault) became \(reading)")
            }
        }
        #expect(valid > 4_000)
    }

    /// Whether a text that was read stands for what was written.
    ///
    /// Where the value is a number of a documented unit, or a name, digit by digit or word by word; where a grammar has
    /// several spellings, by not having become nothing.
    static func isFaithful(_ written: String, to text: String, of typeName: String = "") -> Bool {
        let solid = text.filter { !$0.isWhitespace }
        if ["rate", "size", "switch", "interval"].contains(typeName) || typeName.contains("destination") {
            return written != "0" && written.isEmpty == solid.isEmpty
        }
        let meaning = { (some: String) -> String in
            let solid = some.filter { !$0.isWhitespace }
            let digits = solid.hasSuffix("%") ? String(solid.dropLast()) : solid
            if !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) {
                return digits.drop { $0 == "0" }.isEmpty ? "0" : String(digits.drop { $0 == "0" })
            }
            return solid.split(separator: "==", omittingEmptySubsequences: false).joined(separator: "=")
        }
        return meaning(written) == meaning(text)
    }

    static let words = [
        "", "0", "1", "80", "100", "130", "65535", "65536", "-1", "+1", "60s", "1m", "500ms", "50%", "%", " ", "\t",
        "\n",
        ",", ".", "..", "/", "!", "=", "==", "!=", "in", "notin", "(", ")", "a", "A", "web-0", "é", "🙂", "\u{0}",
        "\u{301}",
        "eth0", "parallel", "serial", "docker", "containerd", "/run/s.sock", "null", "NaN", "inf", "1e9", "0x10",
        "٣", "１",
        "True", "false", "1mbit", "512kbit", "32kb", "2mb", "5-15", "10.0.0.0/8", "::1", "db.example.com", "|443",
        "us-east-1", "0123456789abcdef0123456789abcdef", "arn:aws:iam::123456789012:role/chaos", "https://", "auto",
        "99999999999999999999", "-99999999999999999999", "TOXICITY", "RESET_TIMEOUT", "\r\n", "\u{202E}", "\"", "'",
    ]

    static func text(using random: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return random.pick(words)
        case 1: return String(Int.random(in: -10...100_000, using: &random))
        case 2: return (0..<Int.random(in: 1...6, using: &random)).map { _ in random.pick(words) }.joined()
        default:
            let scalars = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random))
            }
            return String(String.UnicodeScalarView(scalars))
        }
    }

    static func fault(using random: inout SeededGenerator) -> PodHTTPResetPeer {
        let runtime = random.pick(ContainerRuntime.allCases)
        return PodHTTPResetPeer(
            toxicity: Percentage(Int.random(in: 0...100, using: &random)) ?? 0,
            resetTimeout: .milliseconds(Int.random(in: 0...86_400_000, using: &random)),
            targetServicePort: PortNumber(Int.random(in: 1...65535, using: &random)) ?? 80,
            totalChaosDuration: .seconds(Int.random(in: 1...31_536_000, using: &random)),
            proxyPort: PortNumber(Int.random(in: 1...65535, using: &random)) ?? 80,
            networkInterface: random.pick(["eth0", "ens160", "a,b", "=", "é"]),
            targetPods: random.pick([[], ["web-0"], ["web-0", "web-1.a"]]),
            targetContainer: random.pick([nil, "app"]),
            nodeLabel: random.pick([nil, "zone=eu", "a in (,b),!c,d!=", "x.y/z notin (Q)"]),
            podAffectedPercentage: Percentage(Int.random(in: 0...100, using: &random)) ?? 0,
            sequence: random.pick(InjectionSequence.allCases),
            containerRuntime: runtime,
            socketPath: random.pick([runtime.standardSocketPath, "/run/with space, comma.sock"]),
            rampTime: .seconds(Int.random(in: 0...31_536_000, using: &random)))
    }
}
