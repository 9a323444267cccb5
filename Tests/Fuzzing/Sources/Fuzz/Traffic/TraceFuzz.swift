@testable import TrafficShaping

/// Traces however they are cut, held against a plain reading, and written and read again.
enum TraceFuzz {
    static func play(_ text: [UInt8]) {
        let expected = ReferenceTrace(text)
        var first: Reading?
        Cuts.each(of: text) { chunks in
            let reading = Reading(text, chunks)
            check(first == nil || first == reading, "read \(String(describing: first)), cut \(reading)")
            first = reading
        }
        guard let reading = first else { return }
        check(reading.packets == expected.packets, "read \(reading.packets), the reference \(expected.packets)")
        check(
            reading.error?.line == expected.wrongLine,
            "refused \(String(describing: reading.error)), the reference line \(String(describing: expected.wrongLine))"
        )
        if let error = reading.error { checkLine(error.description) }
        checkWriting(of: reading.packets)
    }

    /// What is written of packets is a trace of the same packets.
    private static func checkWriting(of packets: [Packet]) {
        var writer = TraceWriter()
        for packet in packets {
            let outcome: PacketOutcome = packet.length.isMultiple(of: 2) ? .sent(at: packet.arrival) : .limit
            writer.append(packet, outcome)
        }
        let again = Reading(writer.bytes, [writer.bytes.indices])
        check(again.error == nil && again.packets == packets, "wrote \(packets), read \(again)")
    }

    private struct Reading: Equatable {
        private(set) var packets: [Packet] = []
        private(set) var error: TraceError?

        init(_ text: [UInt8], _ chunks: [Range<Int>]) {
            var reader = TraceReader()
            var packets: [Packet] = []
            do throws(TraceError) {
                for chunk in chunks {
                    try text[chunk].withUnsafeBufferPointer { bytes throws(TraceError) in
                        try reader.read(UnsafeBufferPointer(rebasing: bytes[...])) { packets.append($0) }
                    }
                }
                try reader.finish { packets.append($0) }
            } catch {
                self.error = error
            }
            self.packets = packets
        }
    }
}
