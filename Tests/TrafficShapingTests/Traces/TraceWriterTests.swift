import Testing
import TrafficShaping

@Suite("Writing traces") struct TraceWriterTests {
    @Test func everyOutcomeHasItsLine() {
        var writer = TraceWriter()
        writer.append(Packet(arrival: 0, length: 1), .sent(at: 0))
        writer.append(Packet(arrival: 10, length: 1514), .sent(at: 12_112_009))
        writer.append(Packet(arrival: 999, length: 60), .limit)
        writer.append(Packet(arrival: 1 << 62, length: .max), .oversize)
        writer.append(Packet(arrival: 1 << 62, length: .max), .sent(at: .max))
        writer.append(Packet(arrival: 1, length: 1), .sent(at: .min))
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == """
                arrival_ns,size_bytes,departure_ns,outcome
                0,1,0,sent
                10,1514,12112009,sent
                999,60,,limit
                4611686018427387904,4294967295,,oversize
                4611686018427387904,4294967295,9223372036854775807,sent
                1,1,-9223372036854775808,sent

                """)
    }

    @Test func everyFateHasItsLine() {
        var writer = TraceWriter()
        writer.removeAll()
        let fates: [PacketFate] = [.sent(at: 9), .limit, .oversize, .discarded(at: 9), .stuck]
        for fate in fates { writer.append(Packet(arrival: 5, length: 60), became: fate) }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "5,60,9,sent\n5,60,,limit\n5,60,,oversize\n5,60,,discarded\n5,60,,stuck\n")
    }

    @Test func whatWasTakenIsNotWrittenAgain() {
        var writer = TraceWriter()
        writer.removeAll()
        writer.append(Packet(arrival: 5, length: 60), .limit)
        #expect(writer.bytes == Array("5,60,,limit\n".utf8))
    }

    @Test func aReaderTakesWhatWasWritten() throws {
        var writer = TraceWriter()
        let packets = (0..<100).map { Packet(arrival: Int64($0) * 999_999_937, length: UInt32($0 * 77 + 1)) }
        for packet in packets { writer.append(packet, .sent(at: packet.arrival + 1)) }
        var reader = TraceReader()
        var read: [Packet] = []
        try writer.bytes.withUnsafeBufferPointer { bytes throws(TraceError) in
            try reader.read(bytes) { read.append($0) }
        }
        try reader.finish { read.append($0) }
        let isSame = read == packets
        #expect(isSame)
    }
}
