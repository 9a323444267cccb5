import CTokenBucket

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Packets of sizes from 64 to 1514 bytes, evenly distributed, that arrive independently of each other.
struct PacketTrace: ~Copyable {
    let packets: UnsafeMutableBufferPointer<ctb_packet>

    /// Draws a trace.
    ///
    /// - Parameters:
    ///   - count: The number of packets.
    ///   - load: What they offer, as a share of the rate.
    ///   - bytesPerSecond: The rate.
    init(count: Int, load: Double, bytesPerSecond: UInt64) {
        packets = .allocate(capacity: count)
        let sizes = 64...1514
        let meanGap = Double(sizes.lowerBound + sizes.upperBound) / 2 / Double(bytesPerSecond) * 1e9 / load
        var generator = Generator(state: 1)
        var moment = 0.0
        for index in 0..<count {
            moment -= log(generator.share) * meanGap
            let length = UInt32.random(in: UInt32(sizes.lowerBound)...UInt32(sizes.upperBound), using: &generator)
            packets.initializeElement(at: index, to: ctb_packet(arrival: Int64(moment), length: length))
        }
    }

    deinit { packets.deallocate() }
}

/// The same numbers in every run (xorshift64*).
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    /// A number above 0, at most 1.
    var share: Double {
        mutating get { Double(next() >> 11 + 1) * 0x1p-53 }
    }
}
