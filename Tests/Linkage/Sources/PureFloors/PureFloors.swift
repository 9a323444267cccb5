import Evidence
import FaultModel
import ResetPeer
import TrafficShaping

/// Uses each pure floor a little, so that each is really linked.
@main
struct PureFloors {
    static func main() throws {
        guard case .reset(let disruption) = try PodHTTPResetPeer(toxicity: 30).lowered() else { return }
        let rule = ResetRule(id: ResetRule.ID(1), name: "linkage", disruption: disruption, armedAt: .zero)
        var chooser = Chooser(seed: 1)
        var connection = ResetPeerConnection(acceptedAt: .zero)
        _ = connection.open(under: [rule], at: .zero) { chooser.choose($1, under: $0) }
        if case .shape(let shape) = try PodNetworkRateLimit().lowered() {
            var link = SimulatedLink(try ShaperConfiguration(shape))
            print(link.offer(Packet(arrival: 0, length: 1514)))
        }
        let log = EventLog { .zero }
        log.append(.note("linked"))
        print(FaultsInjected(atLeast: 1).evaluate(log.record).outcome)
    }
}
