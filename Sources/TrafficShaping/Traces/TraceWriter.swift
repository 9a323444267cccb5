/// Writes what became of the packets of a trace: CSV with the departure and the outcome of each.
///
/// ```
/// arrival_ns,size_bytes,departure_ns,outcome
/// 0,1514,0,sent
/// 250000,1514,,limit
/// ```
///
/// The bytes gather until somebody takes them away; whoever writes a file does that now and then.
public struct TraceWriter: Sendable {
    /// The first line, with its end.
    public static let header: [UInt8] = Array("arrival_ns,size_bytes,departure_ns,outcome\n".utf8)

    /// The lines that nobody has taken away yet.
    public private(set) var bytes: [UInt8]

    /// Creates a writer that has written the header.
    public init() {
        bytes = Self.header
    }

    /// Forgets the bytes, which somebody has taken.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - outcome: What became of it: `sent`, `limit` or `oversize`.
    public mutating func append(_ packet: Packet, _ outcome: PacketOutcome) {
        switch outcome {
        case .sent(let departure): append(packet, departure, "sent")
        case .limit: append(packet, nil, "limit")
        case .oversize: append(packet, nil, "oversize")
        }
    }

    /// Writes a line about a packet of a ``LinkSimulation``.
    ///
    /// - Parameters:
    ///   - packet: The packet.
    ///   - fate: What became of it: `sent`, `limit`, `oversize`, and where a link changes also `discarded` or `stuck`.
    public mutating func append(_ packet: Packet, became fate: PacketFate) {
        switch fate {
        case .sent(let departure): append(packet, departure, "sent")
        case .limit: append(packet, nil, "limit")
        case .oversize: append(packet, nil, "oversize")
        case .discarded: append(packet, nil, "discarded")
        case .stuck: append(packet, nil, "stuck")
        }
    }

    private mutating func append(_ packet: Packet, _ departure: Int64?, _ word: StaticString) {
        // Three numbers of at most 20 digits, a word, three commas and the end of the line.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 80) { line in
            // From the back, as digits come.
            var start = line.count
            line.prepend(.lineFeed, &start)
            line.prepend(word, &start)
            line.prepend(.comma, &start)
            if let departure { line.prepend(departure, &start) }
            line.prepend(.comma, &start)
            line.prepend(Int64(packet.length), &start)
            line.prepend(.comma, &start)
            line.prepend(packet.arrival, &start)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[start...]))
        }
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    @inline(__always)
    fileprivate func prepend(_ byte: UInt8, _ start: inout Int) {
        start -= 1
        self[start] = byte
    }

    @inline(__always)
    fileprivate func prepend(_ word: StaticString, _ start: inout Int) {
        start -= word.utf8CodeUnitCount
        for offset in 0..<word.utf8CodeUnitCount { self[start + offset] = word.utf8Start[offset] }
    }

    @inline(__always)
    fileprivate func prepend(_ number: Int64, _ start: inout Int) {
        var rest = number.magnitude
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            prepend(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit), &start)
            rest = quotient
        } while rest > 0
        if number < 0 { prepend(UInt8(ascii: "-"), &start) }
    }
}
