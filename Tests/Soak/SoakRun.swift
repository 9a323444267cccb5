#if os(Linux)
import FaultLabTestSupport
import FaultModel
import Foundation
import Synchronization

/// Mixed traffic through a proxy whose faults come and go every 50 ms.
struct SoakRun {
    let seconds: Int
    /// Whether memory that grows is held against the proxy.
    var memoryIsBounded = true

    private static let clients = 12
    /// Memory by which the last third may lie above the first: what an allocator keeps back after a peak.
    private static let slack = 6 << 20

    /// What clients saw.
    private struct Seen {
        var whole = 0
        var resets = 0
        var left = 0
        var wrong: [String] = []
    }

    /// Runs it.
    ///
    /// - Returns: Whether everything held.
    func run() async throws -> Bool {
        let server = Upstream.start()
        defer { withExtendedLifetime(server) {} }
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return try await withChild(path, ["serve-proxy", "\(server.port)", "\(seconds)"]) { child in
            let line = try await child.firstLine() ?? ""
            guard let port = line.split(separator: " ").last.flatMap({ Int($0) }) else {
                say("the proxy does not start: \(child.errors)")
                return false
            }
            let process = "\(child.number)"
            let before = try Holdings(of: process)
            say("seconds requests resets cancelled open memory descriptors threads")
            let seen = Mutex(Seen())
            let end = ContinuousClock.now + .seconds(seconds)
            let running = Mutex(Self.clients)
            for number in 0..<Self.clients {
                let thread = Thread {
                    Self.visit(port: port, number: number, until: end) { outcome in
                        seen.withLock { Self.count(outcome, in: &$0) }
                    }
                    running.withLock { $0 -= 1 }
                }
                thread.stackSize = 1 << 20
                thread.start()
            }
            var memory: [Int] = []
            let start = ContinuousClock.now
            while running.withLock({ $0 }) > 0 {
                try await Task.sleep(for: .seconds(1))
                guard let now = try? Holdings(of: process) else { break }
                memory.append(now.memory)
                let figures = child.output.split(separator: "\n").last ?? ""
                let elapsed = (ContinuousClock.now - start).components.seconds
                say("\(elapsed) \(figures) \(now.mebibytes) \(now.descriptors) \(now.threads)")
                if !child.isRunning { break }
            }
            let ending = try await Self.ending(of: child)
            return judge(seen.withLock { $0 }, memory, before, ending)
        }
    }

    /// Waits for the end of the proxy.
    ///
    /// An upstream that is let finish what is no HTTP does not know that its client is gone; it gives up after 30 seconds.
    private static func ending(of child: ChildProcess) async throws -> ChildProcess.Ending? {
        for _ in 0..<6 { if let ending = try await child.ending() { return ending } }
        return nil
    }

    private static func visit(
        port: Int, number: Int, until end: ContinuousClock.Instant, _ report: (Visit.Outcome) -> Void
    ) {
        var generator = SplitMix64(seed: UInt64(number))
        while ContinuousClock.now < end {
            guard let visit = Visit.allCases.randomElement(using: &generator) else { return }
            let outcome = visit.run(port: port, &generator)
            if case .wrong(let what) = outcome { report(.wrong("\(visit): \(what)")) } else { report(outcome) }
            usleep(UInt32.random(in: 0...4000, using: &generator))
        }
    }

    private static func count(_ outcome: Visit.Outcome, in seen: inout Seen) {
        switch outcome {
        case .whole: seen.whole += 1
        case .reset: seen.resets += 1
        case .left: seen.left += 1
        case .wrong(let what): seen.wrong.append(what)
        }
    }

    private func judge(_ seen: Seen, _ memory: [Int], _ before: Holdings, _ ending: ChildProcess.Ending?) -> Bool {
        var complaints = seen.wrong.prefix(20).map { "wrong bytes or end: \($0)" }
        say("clients: \(seen.whole) whole, \(seen.resets) reset, \(seen.left) left, \(seen.wrong.count) wrong")
        let third = memory.count / 3
        // The last second belongs to the end.
        let (first, last) = (memory.prefix(third).max() ?? 0, memory.dropLast().suffix(third).max() ?? 0)
        let figures = "at most \(Holdings.mebibytes(first)) in the first third, \(Holdings.mebibytes(last)) in the last"
        say("memory: \(figures)")
        if memoryIsBounded, last > first + Self.slack {
            complaints.append("memory grew by more than \(Self.slack) bytes")
        }
        guard let ending, ending.code == 0 else {
            complaints.append("the proxy ended with \(ending.map { "\($0.code): \($0.errors)" } ?? "nothing")")
            complaints.forEach { say($0) }
            return false
        }
        let lines = ending.output.split(separator: "\n")
        let counts = lines.dropLast().last.map { $0.split(separator: " ").compactMap { Int($0) } } ?? []
        let left = lines.last.map { $0.split(separator: " ").compactMap { Int($0) } } ?? []
        say("proxy: \(lines.dropLast().last ?? ""); \(lines.last ?? "")")
        if counts.count < 4 || counts[1] == 0 {
            complaints.append("no fault ever hit")
        } else if seen.resets > counts[1] {
            complaints.append("clients saw more resets than the log has: \(seen.resets), \(counts[1])")
        }
        if left.count < 3 || left[0] > before.descriptors || left[2] != 0 {
            complaints.append("left behind: \(left); \(before.descriptors) descriptors at the start")
        }
        if seen.whole == 0 { complaints.append("no visit was whole") }
        complaints.forEach { say($0) }
        say(complaints.isEmpty ? "held" : "violated")
        return complaints.isEmpty
    }
}
#endif
