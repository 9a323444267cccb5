import FaultModel
import TrafficShaping

/// The rate limit that a simulation was asked for, read and judged.
struct SimulateShaper {
    /// The settings, as the kernel takes them; absent when there are errors.
    private(set) var configuration: ShaperConfiguration?
    /// Errors, warnings and notes.
    private(set) var diagnostics: [Diagnostic]

    /// Reads the tunables of the rate limit.
    init(_ words: FaultWords) {
        // What finds pods has no meaning here, as in the proxy.
        let reading = PodNetworkRateLimit.schema.read(words.entries, for: .loopback)
        diagnostics = reading.diagnostics + Self.ignored(in: reading)
        guard let fault = reading.fault, case .shape(let shape) = fault.disruptionWithoutJudging() else { return }
        do throws(ShaperError) {
            configuration = try ShaperConfiguration(shape)
        } catch {
            diagnostics.append(Diagnostic(.error, message: error.description))
        }
    }

    /// The tunables that decide when a packet leaves.
    private static let felt = [
        PodNetworkRateLimit.Tunables.networkBandwidth.traits.key, PodNetworkRateLimit.Tunables.burst.traits.key,
        PodNetworkRateLimit.Tunables.limit.traits.key, PodNetworkRateLimit.Tunables.minBurst.traits.key,
        PodNetworkRateLimit.Tunables.peakRate.traits.key,
    ]

    private static func ignored(in reading: FaultReading<PodNetworkRateLimit>) -> [Diagnostic] {
        let keys = reading.tunables.filter { tunable in
            guard case .set = tunable.origin else { return false }
            return !felt.contains(tunable.row.key)
        }.map(\.row.key)
        guard !keys.isEmpty else { return [] }
        let verbs = keys.count == 1 ? ("has", "is") : ("have", "are")
        let list = keys.joined(separator: ", ")
        return [Diagnostic(.note, message: "\(list) \(verbs.0) no meaning for a simulation and \(verbs.1) ignored")]
    }
}
