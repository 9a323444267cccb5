import FaultModel
import SocketIO

/// The clients whose traffic a link shapes, with every name looked up.
///
/// A rate limit is about what leaves the target, and what leaves a proxy in its place goes to clients: the destinations of
/// the fault are their addresses and, behind a `|`, their ports.
struct ClientFilter: Hashable, Sendable {
    private struct Place: Hashable {
        let network: IPNetwork
        let ports: [PortNumber]
    }

    /// The places, or `nil` for every client.
    private let places: [Place]?

    /// Looks the hosts of a filter up, which may block.
    ///
    /// - Parameter destinations: The destinations of a rate limit.
    /// - Throws: `AddressError` for a host that does not exist.
    init(lookingUp destinations: DestinationFilter) throws(AddressError) {
        guard case .only(let addresses, let hosts) = destinations else {
            places = nil
            return
        }
        var places = addresses.map { Place(network: $0.place, ports: $0.ports) }
        for host in hosts {
            for address in try Self.addresses(of: host.place.text) {
                places.append(Place(network: IPNetwork(address), ports: host.ports))
            }
        }
        self.places = places
    }

    private static func addresses(of host: String) throws(AddressError) -> [IPAddress] {
        do {
            return try TCPAddress.lookUp(host, port: 0).compactMap(\.ipAddress)
        } catch {
            // Nobody wrote a port.
            throw AddressError(text: host, reason: error.reason)
        }
    }

    /// Whether looking the hosts up may block.
    static func mayBlock(_ destinations: DestinationFilter) -> Bool {
        if case .only(_, let hosts) = destinations { !hosts.isEmpty } else { false }
    }

    /// Whether the traffic to a client is shaped.
    ///
    /// - Parameter client: The address and port of the client.
    /// - Returns: Whether it is; a client without an address that can be read is not meant by any filter.
    func admits(_ client: PeerAddress?) -> Bool {
        guard let places else { return true }
        guard let client, let address = client.ipAddress else { return false }
        return places.contains { place in
            place.network.contains(address)
                && (place.ports.isEmpty || place.ports.contains { $0.number == client.port })
        }
    }
}
