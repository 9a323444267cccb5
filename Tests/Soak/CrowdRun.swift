#if os(Linux)
import FaultLabTestSupport
import Foundation
import Glibc

/// Many connections at once, spread evenly over as many proxies as the limit of descriptors asks for.
struct CrowdRun {
    let connections: Int

    /// Memory by which a process may grow from one crowd to the next.
    private static let slack = 2 << 20

    /// Runs it.
    ///
    /// - Returns: Whether everything held.
    func run() async throws -> Bool {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        // A proxied connection takes two, and a process needs some for itself.
        let most = (Int(clamping: limit.rlim_max) - 64) / 2
        let shares = max(1, (connections + most - 1) / most)
        say("\(connections) connections over \(shares) proxies; \(limit.rlim_max) descriptors for each process")
        let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for share in 0..<shares {
                let count = connections * (share + 1) / shares - connections * share / shares
                group.addTask { try await Self.run(path, count, number: share + 1) }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
    }

    private static func run(_ path: String, _ count: Int, number: Int) async throws -> Bool {
        try await withChild(path, ["serve-stub"]) { stub in
            let upstream = try await port(of: stub)
            return try await withChild(path, ["serve-proxy", "\(upstream)", "0"]) { proxy in
                let port = try await port(of: proxy)
                let process = "\(proxy.number)"
                let before = try Holdings(of: process)
                var isHeld = true
                var memory: [Int] = []
                for crowd in 1...2 {
                    isHeld = try await come(path, count, crowd, to: port, of: process, number) && isHeld
                    // One more is the socket that waits for the upstream's side of the next connection.
                    let after = try await settled(process, at: before.descriptors + 1)
                    say(
                        "proxy \(number), after crowd \(crowd): \(after.mebibytes), \(after.descriptors) descriptors; "
                            + "at the start \(before.mebibytes), \(before.descriptors)")
                    isHeld = isHeld && after.descriptors <= before.descriptors + 1
                    memory.append(after.memory)
                }
                // An allocator keeps what it had; what counts is that it serves the next crowd.
                return isHeld && memory[1] <= memory[0] + slack
            }
        }
    }

    /// Has a crowd connect, ask twice and leave.
    private static func come(
        _ path: String, _ count: Int, _ crowd: Int, to port: Int, of process: String, _ number: Int
    ) async throws -> Bool {
        let before = try Holdings(of: process)
        return try await withChild(path, ["connect", "\(port)", "\(count)"]) { clients in
            var isHeld = true
            for round in 1...2 {
                let answered = try await answered(by: clients, inRound: round)
                let now = try Holdings(of: process)
                say(
                    "proxy \(number), crowd \(crowd), round \(round): \(answered) of \(count) answered; "
                        + "\(now.mebibytes), \((now.memory - before.memory) / count) bytes more for each connection, "
                        + "\(now.descriptors) descriptors")
                isHeld = isHeld && answered == count && now.descriptors >= 2 * count
            }
            _ = try await clients.ending()
            return isHeld
        }
    }

    private static func port(of child: ChildProcess) async throws -> Int {
        let line = try await child.firstLine() ?? ""
        let port = line.split(separator: " ").last.flatMap { Int($0) }
        guard let port else { throw NotStarted(errors: child.errors) }
        return port
    }

    private struct NotStarted: Error {
        let errors: String
    }

    private static func answered(by clients: ChildProcess, inRound round: Int) async throws -> Int {
        // Many thousand connections, one after the other, take longer than what is awaited elsewhere.
        for _ in 0..<10 {
            let answered = try await eventually { () -> Int? in
                let lines = clients.output.split(separator: "\n")
                if lines.count < round { return clients.isRunning ? nil : 0 }
                return lines[round - 1].split(separator: " ").last.flatMap { Int($0) }
            }
            if let answered { return answered }
        }
        return 0
    }

    private static func settled(_ process: String, at descriptors: Int) async throws -> Holdings {
        _ = try await eventually { try? Holdings(of: process).descriptors <= descriptors ? true : nil }
        return try Holdings(of: process)
    }
}
#endif
