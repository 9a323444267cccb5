import Evidence
import FaultModel

/// A hand-written record: facts in order, one millisecond apart, the first at zero.
func story(_ facts: [Fact], discarded: Int = 0) -> EventRecord {
    let events = facts.enumerated().map { index, fact in
        Event(
            id: discarded + index + 1, time: Timestamp(nanoseconds: Int64(index) * 1_000_000), fact: fact)
    }
    return EventRecord(events: events, discarded: discarded)
}

let fault: FaultName = "pod-http-reset-peer"

func connection(_ number: Int) -> ConnectionID { ConnectionID(number) }

func request(_ connection: Int, _ ordinal: Int) -> RequestID {
    RequestID(connection: ConnectionID(connection), ordinal: ordinal)
}

func accepted(_ number: Int) -> Fact { .connectionAccepted(ConnectionID(number), peer: "127.0.0.1:40000") }

func received(_ connection: Int, _ ordinal: Int, _ line: RequestLine = RequestLine(method: "GET", target: "/price"))
    -> Fact
{
    .requestReceived(request(connection, ordinal), line)
}

let unreadable = RequestLine(method: "", target: "")

func decided(_ connection: Int, _ ordinal: Int, _ selected: Bool, by fault: FaultName = fault) -> Fact {
    .decided(request(connection, ordinal), Decision(selected: selected, fault: fault, key: "position 1 of 10"))
}

func resetRecord(of fault: FaultName = fault) -> ResetRecord {
    ResetRecord(fault: fault, lateness: .microseconds(80), responseBytes: 0)
}

func reset(_ connection: Int, _ ordinal: Int, by fault: FaultName = fault) -> Fact {
    .resetSent(request(connection, ordinal), resetRecord(of: fault))
}

func cancelled(_ connection: Int, _ ordinal: Int, _ reason: ResetCancellation) -> Fact {
    .resetCancelled(request(connection, ordinal), fault: fault, reason: reason)
}

let shaper: FaultName = "pod-network-rate-limit"

/// The figures of a link with a bucket of 32 KiB.
func shapeRecord(
    _ bytes: Int64, delayed: Int64 = 0, refused: Int64 = 0, by delay: Duration = .zero, connections: Int = 1
) -> ShapeRecord {
    ShapeRecord(
        connections: bytes == 0 ? 0 : connections, bytes: bytes, delayedBytes: delayed, refusedBytes: refused,
        longestDelay: delay, mostHeld: delayed, burst: 32768)
}

func delayed(_ number: Int, by fault: FaultName = shaper) -> Fact { .linkDelayed(connection(number), fault: fault) }

/// The end of a link, with the lifting of its fault.
func ended(_ record: ShapeRecord, of fault: FaultName = shaper) -> [Fact] {
    [.linkEnded(fault, record), .faultLifted(fault)]
}

func answered(_ connection: Int, _ ordinal: Int, _ status: Int?) -> [Fact] {
    [
        .responseStarted(request(connection, ordinal), status: status),
        .responseCompleted(request(connection, ordinal), bytes: 212),
    ]
}

func closed(_ number: Int, _ party: ConnectionEnd.Party, _ form: ConnectionEnd.Form) -> Fact {
    .connectionClosed(
        ConnectionID(number),
        ConnectionEnd(
            by: party, how: form, bytesFromClient: 78, bytesToClient: 1, bytesToUpstream: 2, bytesFromUpstream: 212))
}

extension EventLog {
    /// A log on which every event happens at zero.
    convenience init(capacity: Int? = nil) {
        self.init(capacity: capacity) { .zero }
    }

    /// Appends notes that carry their number as text.
    func note(_ numbers: ClosedRange<Int>) {
        for number in numbers { append(.note("\(number)")) }
    }
}
