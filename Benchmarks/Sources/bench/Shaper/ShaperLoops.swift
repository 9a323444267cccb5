import CTokenBucket
import TrafficShaping

/// The loops of `token_bucket.c`, over the library.
enum ShaperLoops {
    private static let dropped: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Both `single` and `dual`: the settings decide.
    static func buckets(
        _ configuration: ShaperConfiguration, _ packets: UnsafeBufferPointer<ctb_packet>
    ) -> ctb_result {
        var bucket = TokenBucket(configuration)
        var sum: UInt64 = 0
        for packet in packets {
            sum = mixed(sum, UInt64(bitPattern: bucket.departure(of: packet.length, arriving: packet.arrival)))
        }
        return ctb_result(checksum: sum, dropped: 0)
    }

    static func queue(
        _ configuration: ShaperConfiguration, _ packets: UnsafeBufferPointer<ctb_packet>
    ) -> ctb_result {
        var queue = TokenBucketQueue(configuration)
        var sum: UInt64 = 0
        var drops: UInt64 = 0
        for packet in packets {
            switch queue.offer(packet.length, at: packet.arrival) {
            case .sent(let departure): sum = mixed(sum, UInt64(bitPattern: departure))
            case .limit:
                sum = mixed(sum, dropped)
                drops += 1
            case .oversize:
                sum = mixed(sum, ~dropped)
                drops += 1
            }
        }
        return ctb_result(checksum: sum, dropped: drops)
    }

    private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 { (sum &<< 5 | sum &>> 59) ^ word }
}
