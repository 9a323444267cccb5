/// `sch_tbf` of Linux as it is written there: tokens that are refilled, a checkpoint, a watchdog.
///
/// It shares nothing with the library, which keeps the moment of an empty bucket instead, so that one can be held against
/// the other.
struct KernelFilter {
    /// `struct psched_ratecfg`.
    struct RateConfig {
        let bytesPerSecond: UInt64
        let overhead: UInt32
        let mpu: UInt32
        let isATM: Bool
        private(set) var mult: UInt32 = 1
        private(set) var shift: Int = 0

        /// `psched_ratecfg_precompute`.
        init(bytesPerSecond: UInt64, overhead: UInt32 = 0, mpu: UInt32 = 0, isATM: Bool = false) {
            self.bytesPerSecond = bytesPerSecond
            self.overhead = overhead
            self.mpu = mpu
            self.isATM = isATM
            var factor: UInt64 = 1_000_000_000
            while true {
                mult = UInt32(factor / bytesPerSecond % 0x1_0000_0000)
                if mult >= 0x8000_0000 || factor >= 0x8000_0000_0000_0000 { break }
                factor *= 2
                shift += 1
            }
        }

        /// `psched_l2t_ns`.
        func nanoseconds(_ packet: UInt32) -> Int64 {
            var length = packet &+ overhead
            if length < mpu { length = mpu }
            if isATM { length = (length &+ 47) / 48 &* 53 }
            let product = UInt64(length) * UInt64(mult)
            var result = product
            for _ in 0..<shift { result /= 2 }
            return Int64(bitPattern: result)
        }
    }

    enum Verdict: Equatable {
        case queued
        case overLimit
        case tooLarge
    }

    /// `struct tbf_sched_data`.
    private let limit: UInt64
    private let maxSize: UInt32
    private let buffer: Int64
    private let mtu: Int64
    private let rate: RateConfig
    private let peak: RateConfig?
    private(set) var tokens: Int64
    private(set) var peakTokens: Int64
    private var checkpoint: Int64
    private var queue: [(length: UInt32, number: Int)] = []
    private var head = 0
    private(set) var backlog: UInt64 = 0
    private(set) var watchdog: Int64?
    private(set) var overlimits = 0

    init(
        rate: RateConfig, burst: UInt32, limit: UInt32, peak: (rate: RateConfig, bucket: UInt32)?, now: Int64 = 0
    ) {
        self.rate = rate
        self.peak = peak?.rate
        self.limit = UInt64(limit)
        maxSize = min(burst, peak?.bucket ?? UInt32.max)
        buffer = rate.nanoseconds(burst)
        mtu = peak.map { $0.rate.nanoseconds($0.bucket) } ?? 0
        tokens = buffer
        peakTokens = mtu
        checkpoint = now
    }

    /// `tbf_enqueue`, with the byte FIFO behind it.
    mutating func enqueue(_ length: UInt32, number: Int) -> Verdict {
        if length > maxSize { return .tooLarge }
        if backlog + UInt64(length) > limit { return .overLimit }
        queue.append((length, number))
        backlog += UInt64(length)
        return .queued
    }

    /// `tbf_dequeue`.
    mutating func dequeue(now: Int64) -> Int? {
        guard head < queue.count else { return nil }
        let packet = queue[head]
        var newTokens = min(now - checkpoint, buffer)
        var newPeakTokens: Int64 = 0
        if let peak {
            newPeakTokens = newTokens + peakTokens
            if newPeakTokens > mtu { newPeakTokens = mtu }
            newPeakTokens -= peak.nanoseconds(packet.length)
        }
        newTokens += tokens
        if newTokens > buffer { newTokens = buffer }
        newTokens -= rate.nanoseconds(packet.length)
        if newTokens >= 0 && newPeakTokens >= 0 {
            head += 1
            backlog -= UInt64(packet.length)
            checkpoint = now
            tokens = newTokens
            peakTokens = newPeakTokens
            return packet.number
        }
        watchdog = now + max(-newTokens, -newPeakTokens)
        overlimits += 1
        return nil
    }

    /// What became of packets that come at moments, in order; the watchdog goes off without delay.
    ///
    /// - Returns: For each packet the moment at which it left, or why it was dropped.
    static func run(_ filter: KernelFilter, _ packets: [(arrival: Int64, length: UInt32)]) -> [Outcome] {
        var filter = filter
        var outcomes = [Outcome](repeating: .lost, count: packets.count)
        func drain(_ now: Int64) {
            while let number = filter.dequeue(now: now) { outcomes[number] = .left(now) }
        }
        func fire() -> Bool {
            guard let moment = filter.watchdog else { return false }
            filter.watchdog = nil
            drain(moment)
            return true
        }
        for (number, packet) in packets.enumerated() {
            while let moment = filter.watchdog, moment <= packet.arrival { _ = fire() }
            switch filter.enqueue(packet.length, number: number) {
            case .overLimit: outcomes[number] = .overLimit
            case .tooLarge: outcomes[number] = .tooLarge
            case .queued: break
            }
            drain(packet.arrival)
        }
        while fire() {}
        return outcomes
    }

    enum Outcome: Equatable {
        case left(Int64)
        case overLimit
        case tooLarge
        case lost
    }
}
