import CLoad
import Glibc

/// What connections take that do nothing.
struct IdleMemory: Section {
    let name = "idle"
    let summary = "memory for each connection that had one answer and stays"

    private let contestants: [Contestant] = [.relay, .http, .sparing, .haproxy, .nginx]
    private let counts = [5000, 20_000]

    func duration(_ options: Options) -> Double { 60 * Double(options.rounds ?? 3) }

    func run(on stage: Stage) throws {
        stage.print("  private memory of the proxy (smaps_rollup, swap included), less that before the connections;")
        stage.print("  what the system keeps for their sockets is not in it; each contestant is fresh in each round;")
        stage.print("  ours keeps the last 1,024 events")
        for count in counts {
            let parts = parts(count, stage.descriptorLimit)
            if parts.count > 1 {
                stage.print(
                    "  \(condition(count)) take more than \(text(Double(stage.descriptorLimit), digits: 0)) "
                        + "descriptors, so there are \(parts.count) of each proxy, and their memory is added up")
            }
        }
        for round in 0..<stage.rounds(or: 3) {
            for count in counts {
                for contestant in contestants.rotated(by: round) {
                    let bytes = stage.attempt(contestant) { try measure(contestant, count, stage) }
                    guard let bytes else { continue }
                    stage.add(
                        Sample(
                            section: name, condition: condition(count), contestant: contestant.name, round: round,
                            figures: [.bytesPerConnection: bytes / Double(count)]))
                }
            }
        }
        let column = Comparison.Column(
            metric: .bytesPerConnection, title: "bytes/connection", digits: 0, bases: ["HAProxy", "nginx stream"])
        for count in counts {
            stage.print("")
            stage.show(name, condition(count), [column], of: contestants)
        }
    }

    private func condition(_ count: Int) -> String { "\(text(Double(count), digits: 0)) connections" }

    /// How many connections each process of a contestant gets; one takes two descriptors of it.
    private func parts(_ count: Int, _ limit: Int) -> [Int] {
        let most = max(1, (limit - 400) / 2)
        let number = (count + most - 1) / most
        return (0..<number).map { (count * ($0 + 1)) / number - (count * $0) / number }
    }

    private func measure(_ contestant: Contestant, _ count: Int, _ stage: Stage) throws -> Double {
        var bytes: Int64 = 0
        var ending: [() -> Void] = []
        defer { for end in ending.reversed() { end() } }
        for part in parts(count, stage.descriptorLimit) {
            let backend = try stage.startBackend()
            ending.append { backend.process.end(asking: true) }
            let running = try RunningContestant(
                contestant, upstream: backend.port, connections: part + 64, on: stage
            ) { $0.logCapacity = 1024 }
            ending.append { running.end() }
            guard let process = running.process else { continue }
            let before = try process.privateMemory()
            let clients = try stage.serve(["clients", String(running.port), String(part)])
            ending.append { clients.end(asking: true) }
            guard try clients.number(behind: "ready") == part else { throw Failure("connections are missing") }
            // A proxy may still write down what it has passed on.
            usleep(200_000)
            bytes += try process.privateMemory() - before
        }
        return Double(bytes)
    }
}
