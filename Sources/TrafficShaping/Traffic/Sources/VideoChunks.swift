public import FaultModel

/// A video that is fetched in chunks, and played meanwhile.
///
/// The next chunk is asked for when the last one has come and no more than a certain time of video is in store. Playing
/// begins with the first chunk, and pauses when the next one has not come in time. Chunks are sent like a ``FileTransfer``;
/// one that is given up is skipped.
public struct VideoChunks: TrafficSource {
    /// The chunks that have come.
    public private(set) var finishedChunks = 0
    /// Chunks that were given up.
    public private(set) var transfersGivenUp = 0
    /// How long playing has paused so far, in nanoseconds, without the time before the first chunk.
    public private(set) var paused: Int64 = 0

    private let bytes: UInt64
    private let chunks: Int
    private let length: Int64
    private let ahead: Int64
    private let path: Transfer.Path
    private var chunk: Transfer
    /// The moment until which there is something to play, once playing has begun.
    private var playsUntil: Int64?

    /// Describes the traffic.
    ///
    /// - Parameters:
    ///   - bitrate: The rate of the video with link headers.
    ///   - chunkDuration: How long a chunk plays, 1 millisecond to 1 hour.
    ///   - chunks: The number of chunks, at least 1.
    ///   - ahead: The most video in store at which the next chunk is asked for, 0 or more.
    ///   - packetLength: The length of each packet, in bytes, at least 1.
    ///   - window: The most bytes of a chunk that are on their way at once; a packet always may.
    ///   - roundTrip: The time from a departure to its acknowledgment, 0 seconds to 1 hour.
    ///   - start: The moment of the first packet, in nanoseconds, 0 or more.
    /// - Precondition: Everything lies in its range.
    public init(
        bitrate: DataRate, chunkDuration: Duration = .seconds(4), chunks: Int, ahead: Duration = .seconds(8),
        packetLength: UInt32 = 1514, window: UInt64 = 262_144, roundTrip: Duration = .milliseconds(20),
        start: Int64 = 0
    ) {
        precondition(
            chunkDuration >= .milliseconds(1) && chunkDuration <= .seconds(3600),
            "a chunk plays for 1 millisecond to 1 hour")
        precondition(chunks >= 1 && ahead >= .zero, "a video has a chunk, and a store is not negative")
        length = chunkDuration.wholeNanoseconds
        self.chunks = chunks
        self.ahead = ahead.wholeNanoseconds
        path = Transfer.Path(packetLength: packetLength, window: window, roundTrip: roundTrip)
        bytes = UInt64(max(1, Int128(bitrate.bytesPerSecond) * Int128(length) / 1_000_000_000))
        chunk = Transfer(bytes, on: path, at: start)
    }

    /// The next packet.
    public var upcoming: Packet? { chunk.upcoming }

    /// Goes on to the next packet.
    public mutating func advance() { chunk.advance() }

    /// Learns what became of a packet.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - fate: What became of it.
    public mutating func packet(_ packet: Packet, became fate: PacketFate) {
        guard chunk.endedAt == nil, packet.tag >> Transfer.tagBits == chunk.number else { return }
        chunk.packet(packet, became: fate)
        guard let endedAt = chunk.endedAt else { return }
        let playsUntil = playsUntil ?? endedAt
        if chunk.isComplete {
            finishedChunks += 1
            paused += max(0, endedAt - playsUntil)
            self.playsUntil = SourceClock.sum(max(endedAt, playsUntil), length)
        } else {
            transfersGivenUp += 1
        }
        guard chunk.number + 1 < chunks else { return }
        let wanted = (self.playsUntil ?? endedAt) - ahead
        chunk = Transfer(bytes, on: path, at: max(endedAt, wanted), number: chunk.number + 1)
    }
}

extension TrafficPattern.Kind {
    static let video = TrafficPattern.Kind("video", "a video that is fetched in chunks while it plays") {
        reader throws(TrafficPatternError) in
        let rate: DataRate = try reader.value("rate", .quantity, default: "4mbit", "the rate of the video")
        let chunk = try reader.value(
            "chunk", .duration(from: .milliseconds(1), to: .seconds(3600)), default: "4s", "how long a chunk plays")
        let duration = try reader.duration(default: "60s")
        let ahead = try reader.value("ahead", .duration, default: "8s", "the most video in store before the next chunk")
        let path = try reader.path(window: "256kb")
        let start = try reader.start()
        try reader.check(
            packets: SourceClock.packets(at: rate, length: path.length, in: duration) + duration / chunk)
        // The last chunk may end after the video.
        let chunks = (duration.wholeNanoseconds - 1) / chunk.wholeNanoseconds + 1
        return { _ in
            VideoChunks(
                bitrate: rate, chunkDuration: chunk, chunks: Int(chunks), ahead: ahead,
                packetLength: path.length, window: UInt64(path.window.bytes), roundTrip: path.roundTrip,
                start: start.wholeNanoseconds)
        }
    }
}
