import FaultModel
import Testing

@Suite("Every reader over random texts")
struct QuantityPropertyTests {
    /// Fixed, so that a failure repeats; change it to look elsewhere.
    static let seed: UInt64 = 20_241_120

    /// How many texts each reader gets; an optimized build is ten times as fast.
    #if DEBUG
    static let rounds = 500
    #else
    static let rounds = 20_000
    #endif

    /// What one reader did with its texts.
    private struct Tally {
        var readable = 0
        var failures: [String] = []
    }

    /// A type with texts near to what it reads.
    struct Reader: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let samples: [String]
        let check: @Sendable (String) -> Verdict

        enum Verdict {
            case refused
            case read
            case wrong(String)
        }

        init<Quantity: TextQuantity>(_ type: Quantity.Type, _ samples: [String]) {
            testDescription = "\(type)"
            self.samples = samples
            check = { text in
                do throws(TunableFlaw) {
                    let value = try Quantity.read(text)
                    _ = Quantity.note(on: text, readAs: value)?.utf8.count
                    guard let again = Quantity(value.text) else { return .wrong("\(value.text) is not read again") }
                    return again == value && again.text == value.text ? .read : .wrong("\(value) became \(again)")
                } catch {
                    return (error.message ?? Quantity.rule).isEmpty ? .wrong("says nothing") : .refused
                }
            }
        }

        init<Value: Equatable>(_ name: String, _ codec: TunableCodec<Value>, unset: Value, _ samples: [String]) {
            testDescription = name
            self.samples = samples
            let schema = codec.schema(unset: unset)
            check = { text in
                let reading = schema.read([TunableEntry("KEY", text)])
                guard let value = reading.fault?.value, let written = reading.tunables.first?.text else {
                    return reading.diagnostics.containErrors ? .refused : .wrong("neither value nor error")
                }
                let again = schema.read([TunableEntry("KEY", written)]).fault?.value
                return again == value ? .read : .wrong("\(value) became \(String(describing: again))")
            }
        }
    }

    static let arn = "arn:aws:ecs:eu-central-1:123456789012:task/production/0123456789abcdef0123456789abcdef"

    static let readers: [Reader] = [
        Reader(DataRate.self, ["1mbit", "1.5mbit", "1Mbps", "1540", "1mb", "1e3kibps", "10%"]),
        Reader(ByteSize.self, ["32kb", "2mb", "1540", "1.5g", "32kb/8", "1kib", "8mbit"]),
        Reader(InterfaceSelection.self, ["auto", "Auto", "eth0", "ens160"]),
        Reader(IPAddress.self, ["10.0.0.1", "2001:db8::1", "::ffff:1.2.3.4", "fe80::1%eth0", "1:2:3:4:5:6:7:8"]),
        Reader(IPNetwork.self, ["10.1.2.3/8", "::/0", "2001:db8::/32", "0.0.0.0/0", "db.example"]),
        Reader(HostName.self, ["db.example.com", "DB.", "a-b.c", "10.0.0.1", "https://a@b/c", "x:1"]),
        Reader(Destination<IPNetwork>.self, ["10.1.2.3/8|80|443", "::1|1", "10.0.0.1||"]),
        Reader(Destination<HostName>.self, ["db.example|80|443", "db|1", "db."]),
        Reader(ECSClusterName.self, ["production", "a_b-C", arn]),
        Reader(ECSServiceName.self, ["checkout", "a_b-C", arn]),
        Reader(
            ECSTaskID.self, [arn, "0123456789abcdef0123456789abcdef", "arn:aws:ecs:eu-central-1:123456789012:task/x"]),
        Reader(AWSRegion.self, ["us-east-1", "us-gov-west-1", "us-eats-1", "us-east-1a", "US_EAST_1"]),
        Reader(
            IAMRoleARN.self,
            ["arn:aws:iam::123456789012:role/a/b", "arn:aws:sts::123456789012:assumed-role/x/y", arn]),
        Reader(SecretID.self, ["aws-chaos.prod", "AKIAIOSFODNN7EXAMPLE", "a/b$c_d"]),
        Reader(AbsolutePath.self, ["/tmp/cloud_config.yml", "~/x", "/a b"]),
        Reader(UnixSocketPath.self, ["/run/s.sock", "unix:///run/s.sock", "~/x"]),
        Reader(VMName.self, ["web-01", "/DC/vm/web 01", "a/b"]),
        Reader(UserName.self, ["root", "SHOP\\deploy", "a@b"]),
        Reader(VCenterURL.self, ["https://vc.example.com:443/sdk", "[::1]:8443", "vc", "http://vc", "a@b"]),
        Reader("interval", .chaosInterval, unset: .fixed(.zero), ["10", "5-15", "0-1", "10s", "15-5"]),
        Reader("switch", .flag(alsoReads: ["enable": true]), unset: false, ["true", "False", "enable", "yes"]),
        Reader("secret", .secret("password"), unset: "", ["hunter2", " a ", "\n"]),
        Reader(
            "list of destinations", .list(of: TunableCodec<Destination<IPNetwork>>.text, empty: "for all"), unset: [],
            ["10.0.0.1|80,::1", "10.1.2.3/8 , 1.2.3.4", ","]),
        Reader(
            "optional rate", .optional(TunableCodec<DataRate>.rate, empty: "for none"), unset: nil, ["", "1mbps", "8"]),
    ]

    @Test("Random texts are read or refused, never trap, and what is read is read again", arguments: readers)
    func hostileTexts(reader: Reader) {
        var random = SeededGenerator(seed: Self.seed)
        var tally = Tally()
        for round in 0..<Self.rounds {
            let text =
                round.isMultiple(of: 4) ? PropertyTests.text(using: &random) : Self.slip(of: reader.samples, &random)
            switch reader.check(text) {
            case .refused: break
            case .read: tally.readable += 1
            case .wrong(let why): tally.failures.append("round \(round), \(text.debugDescription): \(why)")
            }
        }
        #expect(tally.failures.isEmpty, "seed \(Self.seed): \(tally.failures.prefix(3).joined(separator: "; "))")
        // Neither all nor nothing: the generator must reach both sides.
        let few = Self.rounds / 200
        let isMixed = (few...Self.rounds - few).contains(tally.readable)
        #expect(isMixed, "seed \(Self.seed): \(tally.readable) of \(Self.rounds) were readable")
    }

    /// A sample with up to three characters dropped, doubled, swapped or replaced.
    static func slip(of samples: [String], _ random: inout SeededGenerator) -> String {
        var characters = Array(random.pick(samples).unicodeScalars)
        let others = Array("0159afkmgtib.:/|-_%@ ,\u{0}\n\u{85}é٣[]~+E".unicodeScalars)
        for _ in 0..<Int.random(in: 0...3, using: &random) where !characters.isEmpty {
            let index = Int.random(in: characters.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: characters.remove(at: index)
            case 1: characters.insert(random.pick(characters), at: index)
            case 2: characters.swapAt(index, Int.random(in: characters.indices, using: &random))
            default: characters[index] = random.pick(others)
            }
        }
        return String(String.UnicodeScalarView(characters))
    }

    @Test("Every rate and size writes what it reads")
    func amounts() {
        var random = SeededGenerator(seed: Self.seed)
        var failures: [String] = []
        for _ in 0..<Self.rounds {
            let bits = Int.random(in: 0...46, using: &random)
            let limit = UInt64(1) << bits
            if let rate = DataRate(bytesPerSecond: UInt64.random(in: 1...max(1, limit), using: &random)),
                DataRate(rate.text) != rate || DataRate.note(on: rate.text, readAs: rate) != nil
            {
                failures.append(rate.text)
            }
            let bytes = UInt32.random(in: 1...UInt32(clamping: limit), using: &random)
            let shift = UInt32.random(in: 0...30, using: &random)
            if let size = ByteSize(bytes: (bytes >> shift) << shift), ByteSize(size.text) != size {
                failures.append(size.text)
            }
        }
        #expect(failures.isEmpty, "seed \(Self.seed): \(failures.prefix(5))")
    }

    @Test("Every address and block writes what it reads, and a block holds its addresses")
    func networks() {
        var random = SeededGenerator(seed: Self.seed)
        var failures: [String] = []
        for round in 0..<20_000 {
            // Zeros are as likely as all the rest, for the sake of '::'.
            let bytes = (0..<(round.isMultiple(of: 2) ? 4 : 16)).map { _ in
                Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0
            }
            guard let address = IPAddress(bytes: bytes) else { return failures.append("\(bytes)") }
            let length = Int.random(in: 0...bytes.count * 8, using: &random)
            guard let block = IPNetwork(address, prefixLength: length) else { return failures.append("\(address)") }
            let isFaithful =
                IPAddress(address.text) == address && address.bytes == bytes && IPNetwork(block.text) == block
            if !isFaithful || !block.contains(address) { failures.append("\(address)/\(length)") }
            if length > 0 {
                var other = bytes
                other[(length - 1) / 8] ^= 0x80 >> UInt8((length - 1) % 8)
                if IPAddress(bytes: other).map(block.contains) ?? true { failures.append("\(block) holds \(other)") }
            }
        }
        #expect(failures.isEmpty, "seed \(Self.seed): \(failures.prefix(5))")
    }
}
