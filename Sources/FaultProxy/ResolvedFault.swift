import Evidence
import FaultModel
import SocketIO
import TrafficShaping

/// A fault with everything that a proxy has to know before it can arm it.
struct ResolvedFault: Sendable {
    let name: FaultName
    let kind: Kind

    enum Kind: Sendable {
        case reset(ResetDisruption)
        case shape(ShapeDisruption, ShaperConfiguration, ClientFilter)
    }

    /// Prepares faults, and looks up the hosts that they name on a thread that may block.
    ///
    /// - Parameters:
    ///   - faults: The faults.
    ///   - clock: The clock of the proxy.
    /// - Returns: The same faults.
    /// - Throws: `AddressError` for a host that does not exist, or `SystemError` when the system has no thread left.
    static func resolve(_ faults: [ProxyFault], clock: MonotonicClock) async throws -> [ResolvedFault] {
        let mayBlock = faults.contains { fault in
            if case .shape(let shape) = fault.disruption { ClientFilter.mayBlock(shape.destinations) } else { false }
        }
        guard mayBlock else { return try faults.map { try ResolvedFault($0) } }
        let loop = try EventLoop(clock: clock)
        do {
            let resolved = try await loop.run { _ in try faults.map { try ResolvedFault($0) } }
            await loop.end()
            return resolved
        } catch {
            await loop.end()
            throw error
        }
    }

    init(_ name: FaultName, _ disruption: ResetDisruption) {
        self.name = name
        kind = .reset(disruption)
    }

    private init(_ fault: ProxyFault) throws {
        name = fault.name
        switch fault.disruption {
        case .reset(let disruption):
            kind = .reset(disruption)
        case .shape(let disruption):
            kind = .shape(
                disruption, try ShaperConfiguration(disruption), try ClientFilter(lookingUp: disruption.destinations))
        }
    }
}
