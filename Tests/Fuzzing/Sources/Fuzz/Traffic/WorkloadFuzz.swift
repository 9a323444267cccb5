import TrafficShaping

/// Texts of made-up traffic: what is read is written so that it is read alike, and makes packets in order.
enum WorkloadFuzz {
    static func play(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let pattern: TrafficPattern
        do throws(TrafficPatternError) {
            pattern = try TrafficPattern(text)
        } catch {
            checkLine(error.description)
            return
        }
        checkLine(pattern.description)
        do throws(TrafficPatternError) {
            let again = try TrafficPattern(pattern.description)
            check(again.description == pattern.description, "\(pattern) became \(again)")
            check(
                Self.beginning(of: again) == Self.beginning(of: pattern), "\(pattern) and \(again) make other packets")
        } catch {
            check(false, "\(pattern) is refused: \(error)")
        }
    }

    /// The first packets, when nothing becomes of them but being sent at once.
    private static func beginning(of pattern: TrafficPattern) -> [Packet] {
        var source = pattern.makeSource(seed: 1)
        var packets: [Packet] = []
        while packets.count < 40, let packet = source.upcoming {
            check(packet.length > 0, "\(pattern) makes a packet of nothing")
            check(packet.arrival >= packets.last?.arrival ?? 0, "time goes backwards in \(pattern)")
            packets.append(packet)
            source.advance()
            source.packet(packet, became: .sent(at: packet.arrival))
        }
        return packets
    }
}
