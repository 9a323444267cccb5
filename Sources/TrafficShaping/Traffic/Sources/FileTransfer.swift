import FaultModel

/// A file that is sent as fast as a window allows: a download.
///
/// At most a window of bytes is on its way at once; what has left the link makes room a round trip later. What is dropped is
/// sent again after two round trips, at least 10 ms, and each further time after twice as long, up to 64 times that. A
/// packet that is lost 15 times, or is too large for the link, ends the transfer. A loss halves the window, and what comes
/// through lets it grow again, as TCP's does; there is no slow start.
public struct FileTransfer: TrafficSource {
    private var transfer: Transfer

    /// Describes the transfer.
    ///
    /// - Parameters:
    ///   - bytes: What is sent, link headers included, at least 1.
    ///   - packetLength: The length of each packet, in bytes, at least 1; the last one may be shorter.
    ///   - window: The most bytes that are on their way at once; a packet always may.
    ///   - roundTrip: The time from a departure to its acknowledgment, 0 seconds to 1 hour.
    ///   - start: The moment of the first packet, in nanoseconds, 0 to 2^62.
    /// - Precondition: Everything lies in its range.
    public init(
        bytes: UInt64, packetLength: UInt32 = 1514, window: UInt64 = 65536, roundTrip: Duration = .milliseconds(20),
        start: Int64 = 0
    ) {
        let path = Transfer.Path(packetLength: packetLength, window: window, roundTrip: roundTrip)
        transfer = Transfer(bytes, on: path, at: start)
    }

    /// The next packet.
    public var upcoming: Packet? { transfer.upcoming }
    /// The moment at which the last byte was acknowledged, or the transfer given up, in nanoseconds; `nil` before that.
    public var endedAt: Int64? { transfer.endedAt }

    /// 1 when the transfer was given up, otherwise 0.
    public var transfersGivenUp: Int { endedAt != nil && !transfer.isComplete ? 1 : 0 }

    /// Goes on to the next packet.
    public mutating func advance() { transfer.advance() }

    /// Learns what became of a packet.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - fate: What became of it.
    public mutating func packet(_ packet: Packet, became fate: PacketFate) {
        transfer.packet(packet, became: fate)
    }
}

extension TrafficPattern.Kind {
    static let file = TrafficPattern.Kind("file", "a download, as fast as its window allows") {
        reader throws(TrafficPatternError) in
        let bytes: ByteSize = try reader.value("bytes", .quantity, default: "10mb", "what is sent")
        let path = try reader.path()
        let start = try reader.start()
        try reader.check(packets: Double(bytes.bytes) / Double(path.length))
        return { _ in
            FileTransfer(
                bytes: UInt64(bytes.bytes), packetLength: path.length, window: UInt64(path.window.bytes),
                roundTrip: path.roundTrip, start: start.wholeNanoseconds)
        }
    }
}
