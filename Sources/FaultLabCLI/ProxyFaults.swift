import Evidence
import FaultModel
import FaultProxy

/// The faults that a proxy was asked for, read and judged.
struct ProxyFaults {
    /// A fault with its place in time.
    struct Scheduled {
        let fault: ProxyFault
        /// The wait before it is armed.
        let ramp: Duration
        /// How long it stays armed; `nil` until the proxy ends.
        let duration: Duration?

        /// What it does and when, for the person at the terminal.
        var description: String {
            let start = ramp > .zero ? "after \(ramp)" : "now"
            let end = duration.map { "for \($0)" } ?? "until the proxy ends"
            return "\(fault.name): \(fault.disruption.summary); armed \(start), \(end)"
        }
    }

    private(set) var scheduled: [Scheduled] = []
    /// Errors, one line each; nothing is armed when there are any.
    private(set) var errors: [String] = []
    /// Warnings and notes, one line each.
    private(set) var remarks: [String] = []

    /// Whether one of them shapes a link.
    var shapeALink: Bool {
        scheduled.contains { entry in
            if case .shape = entry.fault.disruption { true } else { false }
        }
    }

    /// Reads every fault, whatever is wrong with another.
    init(_ words: [FaultWords]) {
        var names: Set<FaultName> = []
        for word in words {
            do {
                let document = try FaultDocument.named(word.name, edition: word.edition, option: "--fault ")
                let reading = document.parse(word.entries, for: .loopback)
                let disruption = try reading.get().lowered(for: .loopback)
                for diagnostic in reading.diagnostics { remarks.append(diagnostic.description) }
                remarks += Self.ignored(in: reading, of: document)
                if let obstacle = ProxyFault.obstacle(to: disruption) {
                    errors.append("error: --fault \(document.id): \(obstacle)")
                    continue
                }
                scheduled.append(
                    Scheduled(
                        fault: ProxyFault(Self.name(document.id, &names), disruption),
                        ramp: Self.seconds(CommonTunables.rampTime.traits.key, in: reading) ?? .zero,
                        duration: Self.seconds(CommonTunables.totalChaosDuration.traits.key, in: reading)))
            } catch let error as InvalidFault {
                for diagnostic in error.diagnostics {
                    if diagnostic.severity == .error {
                        errors.append(diagnostic.description)
                    } else {
                        remarks.append(diagnostic.description)
                    }
                }
            } catch {
                errors.append("error: \(error)")
            }
        }
    }

    /// The same document may be used twice with other tunables; events tell the uses apart.
    private static func name(_ id: String, _ taken: inout Set<FaultName>) -> FaultName {
        var name = FaultName(id)
        var number = 1
        while !taken.insert(name).inserted {
            number += 1
            name = FaultName("\(id)-\(number)")
        }
        return name
    }

    private static func ignored(in reading: FaultReading<any Fault>, of document: FaultDocument) -> [String] {
        let keys = reading.tunables.filter { tunable in
            guard case .set = tunable.origin else { return false }
            return tunable.isIgnoredByLocalProxy
        }.map(\.row.key)
        guard !keys.isEmpty else { return [] }
        let verbs = keys.count == 1 ? ("has", "is") : ("have", "are")
        let list = keys.joined(separator: ", ")
        return ["note: \(document.id): \(list) \(verbs.0) no meaning for a local proxy and \(verbs.1) ignored"]
    }

    /// A schedule counts when somebody asked for it: the documents' default of a minute would end a proxy's fault under
    /// the hands of the person who started it.
    private static func seconds(_ key: String, in reading: FaultReading<any Fault>) -> Duration? {
        for tunable in reading.tunables where tunable.row.key == key {
            guard case .set = tunable.origin, let text = tunable.text, let seconds = Int(text) else { return nil }
            return .seconds(seconds)
        }
        return nil
    }
}
