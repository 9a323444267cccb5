import FaultLab
import FaultModel

/// How exactly the proxy caps a link, and what that costs.
enum LinkAccuracy {
    private static let seconds: Int64 = 3
    /// The bucket is empty by then, and whoever starts has started.
    private static let settled: Int64 = 500_000_000

    static func run() async throws {
        print("  rate from \(settled / 1_000_000) ms after the start to \(seconds) s; worst excess of any window over")
        print("  bucket and rate, in bytes, as the readers saw it; the least share of a connection by the greatest;")
        print("  the longest time in which nothing came; what the proxy takes of a processor")
        let rates: [(DataRate, ByteSize)] = [
            ("64kbit", "32kb"), ("1mbit", "32kb"), ("10mbit", "32kb"), ("100mbit", "32kb"), ("1gbit", "32kb"),
            ("1gbit", "256kb"),
        ]
        for (rate, burst) in rates {
            for clients in [1, 4, 64] { try await measure(rate, burst, clients) }
        }
        try await park(isSilent: true, "1,000 connections with nothing to send")
        try await park(isSilent: false, "1,000 connections that wait for a link of 64kbit")
    }

    private static func measure(_ rate: DataRate, _ burst: ByteSize, _ clients: Int) async throws {
        guard let source = ByteSource() else { return }
        defer { source.end() }
        let sink = ByteSink()
        // A queue that is through before the measurement begins: until then, who came first has more in it. And one that
        // keeps a fast link busy while its upstream sleeps.
        let limit: ByteSize = rate >= .megabits(100) ? .mebibytes(2) : .kibibytes(128)
        let shape = ShapeDisruption(rate: rate, burst: burst, limit: limit)
        let (reads, spent) = try await withLab(upstream: "127.0.0.1:\(source.port)") { lab in
            try await lab.arm("link", shape)
            let before = Reading.ofProcess - source.processorTime
            let reads = await sink.run(port: lab.port, clients: clients, nanoseconds: seconds * 1_000_000_000)
            return (reads, Reading.ofProcess - source.processorTime - sink.processorTime - before)
        }
        guard let begin = reads.first?.moment else { return print("  \(rate), \(clients): nothing came") }
        let window = reads.drop { $0.moment < begin + settled }
        guard let first = window.first, let last = window.last, last.moment > first.moment else {
            return print("  \(rate), \(clients): too little came")
        }
        let bytes = window.dropFirst().reduce(0) { $0 + $1.bytes }
        let achieved = Double(bytes) / Double(last.moment - first.moment) * 1e9 / Double(rate.bytesPerSecond)
        var shares = [Int](repeating: 0, count: clients)
        for read in window { shares[read.client] += read.bytes }
        let fairness = Double(shares.min() ?? 0) / Double(max(1, shares.max() ?? 0))
        let silence = zip(window, window.dropFirst()).map { $1.moment - $0.moment }.max() ?? 0
        // A turn more or less says nothing about who has few of them.
        let hasTurns = bytes / clients > 20 * 1514
        print(
            """
              \(rate), burst \(burst), \(clients) connections: \(text(achieved, 4)) of the cap, \
            excess \(excess(of: reads, rate, burst)), shares \(hasTurns ? text(fairness, 2) : "–"), \
            silence \(text(Double(silence) / 1e6, 1)) ms, processor \(text(Double(spent) / Double(seconds) / 1e7, 1)) %, \
            \(text(Double(spent) / Double(reads.reduce(0) { $0 + $1.bytes }), 2)) s/GB
            """)
    }

    /// The most bytes by which any window holds more than the bucket and what it earned.
    private static func excess(of reads: [ByteSink.Read], _ rate: DataRate, _ burst: ByteSize) -> Int {
        var worst = -Double(burst.bytes)
        var least = Double.infinity
        var sum = 0.0
        guard let begin = reads.first?.moment else { return 0 }
        for read in reads {
            let earned = Double(read.moment - begin) / 1e9 * Double(rate.bytesPerSecond)
            least = min(least, sum - earned)
            sum += Double(read.bytes)
            worst = max(worst, sum - earned - least - Double(burst.bytes))
        }
        return Int(worst)
    }

    /// What connections cost that cannot do anything.
    private static func park(isSilent: Bool, _ name: String) async throws {
        guard let source = ByteSource(isSilent: isSilent) else { return }
        defer { source.end() }
        let sink = ByteSink()
        let spent = try await withLab(upstream: "127.0.0.1:\(source.port)") { lab in
            try await lab.arm(
                "link", ShapeDisruption(rate: .kilobits(64), burst: .kibibytes(32), limit: .mebibytes(2)))
            async let reads = sink.run(port: lab.port, clients: 1000, nanoseconds: 5_000_000_000)
            try await Task.sleep(for: .seconds(2))
            let before = Reading.ofProcess - source.processorTime - sink.processorTime
            try await Task.sleep(for: .seconds(2))
            let spent = Reading.ofProcess - source.processorTime - sink.processorTime - before
            _ = await reads
            return spent
        }
        print("  \(name): processor \(text(Double(spent) / 2e7, 2)) %")
    }

    private static func text(_ figure: Double, _ digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((figure * Double(scale)).rounded())
        let fraction = String(whole % scale)
        return "\(whole / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
