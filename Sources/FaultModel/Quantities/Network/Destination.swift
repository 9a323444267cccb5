/// Where traffic goes: a place, and the ports there if not all are meant.
///
/// The fault documents write the ports behind the place: `10.0.0.0/8|80|443`, `db.example.com|5432`.
public struct Destination<Place: TextQuantity>: TextQuantity {
    /// The place.
    public let place: Place
    /// The ports in ascending order, each once; empty for every port.
    public let ports: [PortNumber]

    /// What documentation calls the type.
    public static var typeName: String { "destination" }
    /// The rule as half a sentence.
    public static var rule: String { "\(Place.rule); ports may follow, each behind '|', as in |80|443" }

    /// Names a destination.
    ///
    /// - Parameters:
    ///   - place: The place.
    ///   - ports: The ports there; none means every port.
    public init(place: Place, ports: some Sequence<PortNumber> = []) {
        self.place = place
        self.ports = Set(ports).sorted()
    }

    /// Reads a destination.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The destination.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        let place = try Place.read(String(parts[0]))
        var ports: [PortNumber] = []
        for part in parts.dropFirst() {
            do throws(TunableFlaw) {
                ports.append(try TunableCodec<PortNumber>.port.read(String(part)).value)
            } catch {
                if part.isEmpty { throw TunableFlaw(message: "a port is missing behind '|'", hint: "drop the '|'") }
                throw error.about(String(part), rule: "a port is a whole number from 1 to 65535")
            }
        }
        return Self(place: place, ports: ports)
    }

    /// Passes on what there is to say about the place.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when there is nothing to say.
    public static func note(on text: String, readAs value: Self) -> String? {
        Place.note(on: String(text.prefix { $0 != "|" }), readAs: value.place)
    }

    /// The place and the ports with `|` between them.
    public var text: String {
        ([place.text] + ports.map(\.description)).joined(separator: "|")
    }
}
