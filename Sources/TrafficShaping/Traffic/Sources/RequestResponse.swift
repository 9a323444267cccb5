import FaultModel

/// Users who ask, wait for the whole answer, think, and ask again: a web application or a database.
///
/// What passes the link are the answers, each of them sent like a ``FileTransfer``. An answer that is given up is followed
/// by the next question like any other.
public struct RequestResponse: TrafficSource {
    private struct User: Sendable {
        var answer: Transfer
        var thinking: ExponentialGaps
    }

    /// Numbers of answers of one user are so far apart.
    private static let mostUsers = 1024

    /// The next packet.
    public private(set) var upcoming: Packet?
    /// The answers that have come, over all users.
    public private(set) var finishedAnswers = 0

    /// Answers that were given up.
    public private(set) var transfersGivenUp = 0

    private let bytes: UInt64
    private let path: Transfer.Path
    private let end: Int64
    private var users: [User] = []
    private var next = 0

    /// Describes the traffic.
    ///
    /// - Parameters:
    ///   - users: The number of users, 1 to 1024.
    ///   - thinkTime: The average time between an answer and the next question of a user; it is exponentially distributed.
    ///   - responseBytes: The length of an answer, link headers included, at least 1.
    ///   - packetLength: The length of each packet, in bytes, at least 1.
    ///   - window: The most bytes of an answer that are on their way at once; a packet always may.
    ///   - roundTrip: The time from a departure to its acknowledgment, 10 microseconds to 1 hour.
    ///   - start: The moment at which users begin to think, in nanoseconds, 0 or more.
    ///   - duration: The time from the beginning to the end, at which nobody asks any more.
    ///   - seed: What the times of thinking follow from.
    /// - Precondition: Everything lies in its range.
    public init(
        users: Int = 1, thinkTime: Duration, responseBytes: UInt64, packetLength: UInt32 = 1514,
        window: UInt64 = 65536, roundTrip: Duration = .milliseconds(20), start: Int64 = 0, duration: Duration,
        seed: UInt64
    ) {
        precondition((1...Self.mostUsers).contains(users), "there are 1 to 1024 users")
        // With less, answers that come at once would follow each other without end.
        precondition(roundTrip >= .microseconds(10), "a round trip takes 10 microseconds at least")
        precondition(thinkTime >= .zero, "nobody thinks for less than no time")
        bytes = responseBytes
        path = Transfer.Path(packetLength: packetLength, window: window, roundTrip: roundTrip)
        end = SourceClock.end(start: start, duration: duration)
        var seeds = SplitMix64(seed: seed)
        for number in 0..<users {
            var thinking = ExponentialGaps(mean: Double(thinkTime.wholeNanoseconds), seed: seeds.next())
            let first = SourceClock.sum(start, thinking.next())
            self.users.append(User(answer: Transfer(bytes, on: path, at: first, number: number), thinking: thinking))
        }
        findUpcoming()
    }

    /// Goes on to the next packet.
    public mutating func advance() {
        guard upcoming != nil else { return }
        users[next].answer.advance()
        findUpcoming()
    }

    /// Learns what became of a packet.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - fate: What became of it.
    public mutating func packet(_ packet: Packet, became fate: PacketFate) {
        let number = packet.tag >> Transfer.tagBits
        let index = number % Self.mostUsers
        // Of an answer that was given up, packets may still be on their way.
        guard users.indices.contains(index), users[index].answer.number == number else { return }
        users[index].answer.packet(packet, became: fate)
        if let endedAt = users[index].answer.endedAt {
            if users[index].answer.isComplete { finishedAnswers += 1 } else { transfersGivenUp += 1 }
            let first = SourceClock.sum(endedAt, users[index].thinking.next())
            users[index].answer = Transfer(bytes, on: path, at: first, number: number + Self.mostUsers)
        }
        findUpcoming()
    }

    private mutating func findUpcoming() {
        upcoming = nil
        for (index, user) in users.enumerated() {
            // Nobody asks after the end; an answer that began before goes on.
            guard let packet = user.answer.upcoming, user.answer.start < end,
                packet.arrival < upcoming?.arrival ?? .max
            else { continue }
            upcoming = packet
            next = index
        }
    }
}

extension TrafficPattern.Kind {
    static let requests = TrafficPattern.Kind("requests", "users who ask, wait for the answer, and think") {
        reader throws(TrafficPatternError) in
        let users = try reader.value("users", .whole(1...1024), default: "1", "how many ask")
        let think = try reader.value("think", .duration, default: "1s", "how long they think, on average")
        let bytes: ByteSize = try reader.value("bytes", .quantity, default: "100kb", "the length of an answer")
        let path = try reader.path(shortest: .microseconds(10))
        let start = try reader.start()
        let duration = try reader.duration(default: "60s")
        let answers = duration / (think + path.roundTrip) * Double(users)
        try reader.check(packets: (Double(bytes.bytes) / Double(path.length) + 1) * answers)
        return { seed in
            RequestResponse(
                users: users, thinkTime: think, responseBytes: UInt64(bytes.bytes), packetLength: path.length,
                window: UInt64(path.window.bytes), roundTrip: path.roundTrip, start: start.wholeNanoseconds,
                duration: duration, seed: seed)
        }
    }
}
