import FaultModel
import ResetPeer
import TrafficShaping

/// Reads numbers, shapes a packet and makes a choice without any other library.
@main
struct ModelAlone {
    static func main() throws {
        let fault = try PodNetworkRateLimit(tunables: ["NETWORK_BANDWIDTH": "1.5mbit", "BURST": "32kb"])
        guard case .shape(let shape) = try fault.lowered() else { return }
        var link = SimulatedLink(try ShaperConfiguration(shape))
        print(link.offer(Packet(arrival: 0, length: 1514)))
        let rule = ResetRule(id: ResetRule.ID(1), name: "alone", disruption: ResetDisruption(), armedAt: .zero)
        var chooser = Chooser(seed: 1)
        var connection = ResetPeerConnection(acceptedAt: .zero)
        print(connection.open(under: [rule], at: .zero) { chooser.choose($1, under: $0) })
    }
}
