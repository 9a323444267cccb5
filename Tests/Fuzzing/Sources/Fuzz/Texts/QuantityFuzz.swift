@testable import FaultModel

/// The text of each type of tunable: what is read is written so that it is read alike, and what is refused says why.
///
/// An input is the name of a type, a space and the text: `rate 1.5mbit`.
enum QuantityFuzz {
    static func play(_ input: [UInt8]) {
        let parts = input.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let play = types[String(decoding: parts[0], as: UTF8.self)] else { return }
        play(String(decoding: parts[1], as: UTF8.self))
    }

    private static let types: [String: @Sendable (String) -> Void] = [
        "rate": { judge($0, .rate) },
        "size": { judge($0, .size) },
        "percentage": { judge($0, .percentage) },
        "port": { judge($0, .port) },
        "milliseconds": { judge($0, .milliseconds(0...3_600_000)) },
        "seconds": { judge($0, .seconds(1...31_536_000)) },
        "interval": { judge($0, .chaosInterval) },
        "flag": { judge($0, .flag(alsoReads: ["enable": true, "disable": false])) },
        "runtime": { judge($0, TunableCodec<ContainerRuntime>.choice("runtime")) },
        "secret": { judge($0, .secret("password")) },
        "ports": { judge($0, TunableCodec<[PortNumber]>.list(of: .port, empty: "for none")) },
        "interface": { judge($0, TunableCodec<InterfaceSelection>.text) },
        "address": { judge($0, TunableCodec<IPAddress>.text) },
        "network": { judge($0, TunableCodec<IPNetwork>.text) },
        "host": { judge($0, TunableCodec<HostName>.text) },
        "networks": { judge($0, TunableCodec<[Destination<IPNetwork>]>.list(of: .text, empty: "for all")) },
        "hosts": { judge($0, TunableCodec<[Destination<HostName>]>.list(of: .text, empty: "for all")) },
        "selector": { judge($0, TunableCodec<LabelSelector>.text) },
        "pods": { judge($0, TunableCodec<[PodName]>.list(of: .text, empty: "for all")) },
        "container": { judge($0, TunableCodec<ContainerName?>.optional(.text, empty: "for the first")) },
        "path": { judge($0, TunableCodec<AbsolutePath>.text) },
        "socket": { judge($0, TunableCodec<UnixSocketPath>.text) },
        "vm": { judge($0, TunableCodec<VMName>.text) },
        "user": { judge($0, TunableCodec<UserName>.text) },
        "url": { judge($0, TunableCodec<VCenterURL>.text) },
        "region": { judge($0, TunableCodec<AWSRegion>.text) },
        "role": { judge($0, TunableCodec<IAMRoleARN>.text) },
        "service": { judge($0, TunableCodec<ECSServiceName>.text) },
        "cluster": { judge($0, TunableCodec<ECSClusterName>.text) },
        "tasks": { judge($0, TunableCodec<[ECSTaskID]>.list(of: .text, empty: "for none")) },
        "secretid": { judge($0, TunableCodec<SecretID>.text) },
    ]

    private static func judge<Value: Equatable>(_ text: String, _ codec: TunableCodec<Value>) {
        let reading: TunableCodec<Value>.Reading
        do throws(TunableFlaw) {
            reading = try codec.read(text)
        } catch {
            checkLine(line(text, error.message ?? codec.rule, hint: error.hint))
            checkHint(error, codec)
            return
        }
        if let note = reading.note { checkLine(line(text, note)) }
        let written = codec.write(reading.value)
        do throws(TunableFlaw) {
            try codec.check(reading.value)
            let again = try codec.read(written)
            check(again.value == reading.value, "\(text.debugDescription) became \(written.debugDescription)")
            check(codec.write(again.value) == written, "\(written.debugDescription) is written in another way")
        } catch {
            check(false, "\(text.debugDescription) is read, and refused in Swift or as \(written.debugDescription)")
        }
        check(!codec.ignoresOuterSpace || written == written.withoutOuterSpace, "space stands around '\(written)'")
    }

    /// A hint that names one word to write leads on: the word is right, or wrong for another reason.
    private static func checkHint<Value>(_ flaw: TunableFlaw, _ codec: TunableCodec<Value>) {
        let order = "write "
        guard let hint = flaw.hint, hint.hasPrefix(order) else { return }
        let word = String(hint.dropFirst(order.count))
        guard !word.contains(" "), !word.contains(",") else { return }
        do throws(TunableFlaw) {
            _ = try codec.read(word)
        } catch {
            check(error != flaw, "whoever follows '\(hint)' is told the same again")
        }
    }

    private static func line(_ text: String, _ message: String, hint: String? = nil) -> String {
        Diagnostic(.error, key: "KEY", value: text, message: message, hint: hint).description
    }
}
