import CAllocations
import CTokenBucket
import FaultModel
import TrafficShaping

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a packet costs in the shaper, beside a plain loop in C with the same arithmetic.
///
/// The two take turns, so that whatever else the machine does hits both, and what is counted is the processor time of the
/// thread.
enum ShaperSpeed {
    private struct Variant {
        let name: String
        let load: Double
        let hasPeak: Bool
        let inC: @Sendable (UnsafePointer<ctb_settings>, UnsafePointer<ctb_packet>?, Int) -> ctb_result
        let inSwift: @Sendable (ShaperConfiguration, UnsafeBufferPointer<ctb_packet>) -> ctb_result
    }

    private static let variants = [
        Variant(name: "single", load: 0.9, hasPeak: false, inC: ctb_single, inSwift: ShaperLoops.buckets),
        Variant(name: "dual", load: 0.9, hasPeak: true, inC: ctb_dual, inSwift: ShaperLoops.buckets),
        Variant(name: "dual, queue, load 80 %", load: 0.8, hasPeak: true, inC: ctb_queue, inSwift: ShaperLoops.queue),
        Variant(name: "dual, queue, load 105 %", load: 1.05, hasPeak: true, inC: ctb_queue, inSwift: ShaperLoops.queue),
    ]

    /// In the cache, and from memory.
    private static let sizes = [(count: 1 << 14, passes: 64, rounds: 41), (count: 1 << 24, passes: 1, rounds: 11)]

    static func run() async throws {
        let rate = DataRate.gigabits(1)
        let peak = PeakLimit(rate: .gigabits(2), bucket: .bytes(3028))
        print("  rate \(rate), burst 32kb, limit 256kb, peak \(peak.rate) with \(peak.bucket)")
        print("  ns of processor time per packet, least (median) of the rounds")
        for size in sizes {
            for variant in variants {
                let trace = PacketTrace(count: size.count, load: variant.load, bytesPerSecond: rate.bytesPerSecond)
                let configuration = try ShaperConfiguration(
                    rate: rate, burst: .kibibytes(32), limit: .kibibytes(256), peak: variant.hasPeak ? peak : nil)
                compare(variant, configuration, UnsafeBufferPointer(trace.packets), size.passes, size.rounds)
            }
        }
    }

    private static func compare(
        _ variant: Variant, _ configuration: ShaperConfiguration, _ packets: UnsafeBufferPointer<ctb_packet>,
        _ passes: Int, _ rounds: Int
    ) {
        var settings = ctb_settings(
            rate: configuration.cost.rate.bytesPerSecond, burst: configuration.burst.bytes,
            peak_rate: configuration.peak?.rate.bytesPerSecond ?? 0,
            peak_bucket: configuration.peak?.bucket.bytes ?? 0, limit: configuration.limit.bytes)
        var timesInC: [Double] = []
        var timesInSwift: [Double] = []
        var allocations = 0
        var inC = ctb_result()
        var inSwift = ctb_result()
        var areEqual = true
        for _ in 0..<rounds {
            timesInC.append(
                nanoseconds {
                    for _ in 0..<passes { inC = variant.inC(&settings, packets.baseAddress, packets.count) }
                })
            let before = ca_of_thread()
            timesInSwift.append(
                nanoseconds {
                    for _ in 0..<passes { inSwift = variant.inSwift(configuration, packets) }
                })
            allocations = ca_of_thread() - before
            areEqual = areEqual && inC.checksum == inSwift.checksum && inC.dropped == inSwift.dropped
        }
        let total = Double(packets.count * passes)
        let (leastInC, medianInC) = figures(timesInC, per: total)
        let (leastInSwift, medianInSwift) = figures(timesInSwift, per: total)
        let hexadecimal = String(inSwift.checksum, radix: 16)
        print(
            """
              \(variant.name), \(packets.count) packets, \(text(Double(inSwift.dropped) / Double(packets.count) * 100)) % dropped
                C \(text(leastInC)) (\(text(medianInC)))   Swift \(text(leastInSwift)) (\(text(medianInSwift)))   \
            Swift/C \(text(leastInSwift / leastInC)) (\(text(medianInSwift / medianInC)))
                \(areEqual ? "same results, checksum \(hexadecimal)" : "DIFFERENT RESULTS"); \
            \(allocations < 0 ? "allocations not counted here" : "\(allocations) allocations in \(passes) passes")
            """)
    }

    private static func figures(_ times: [Double], per total: Double) -> (least: Double, median: Double) {
        let sorted = times.sorted()
        return (sorted[0] / total, sorted[sorted.count / 2] / total)
    }

    /// The processor time of this thread.
    private static func nanoseconds(_ work: () -> Void) -> Double {
        var begin = timespec()
        var end = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin)
        work()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return Double(end.tv_sec - begin.tv_sec) * 1e9 + Double(end.tv_nsec - begin.tv_nsec)
    }

    private static func text(_ figure: Double) -> String {
        let hundredths = Int((figure * 100).rounded())
        return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }
}
