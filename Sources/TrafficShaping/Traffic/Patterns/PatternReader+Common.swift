import FaultModel

// The parameters that several kinds of traffic have, so that they are called and read alike.

extension PatternReader {
    mutating func packetLength() throws(TrafficPatternError) -> UInt32 {
        let size: ByteSize = try value(
            "size", .quantity, default: "1514", "the length of a packet in bytes, 14 of them for the link header")
        return size.bytes
    }

    mutating func start() throws(TrafficPatternError) -> Duration {
        try value("start", .duration, default: "0s", "when it begins")
    }

    mutating func duration(default standard: String = "10s") throws(TrafficPatternError) -> Duration {
        try value("duration", .longDuration, default: standard, "how long it lasts")
    }

    /// What a transfer is sent through.
    mutating func path(
        window standard: String = "64kb", shortest: Duration = .zero
    ) throws(TrafficPatternError) -> (length: UInt32, window: ByteSize, roundTrip: Duration) {
        let window: ByteSize = try value("window", .quantity, default: standard, "the most bytes on their way at once")
        let roundTrip = try value(
            "rtt", .duration(from: shortest, to: .seconds(3600)), default: "20ms",
            "the time from a departure to its acknowledgment")
        return (try packetLength(), window, roundTrip)
    }

    /// Refuses traffic that nobody would wait for.
    ///
    /// - Parameter packets: The number of packets, roughly.
    /// - Throws: An error when there are more than a thousand million.
    func check(packets: Double) throws(TrafficPatternError) {
        guard packets > 1e9 else { return }
        throw TrafficPatternError(
            "this \(kind) traffic has more than a thousand million packets",
            hint: "use a shorter time, a lower rate, or larger packets")
    }
}
