import CLoad

/// How long after it was due an RST is sent, and is with a client.
struct Lateness: Section {
    let name = "lateness"
    let summary = "how late resets are, by the proxy's log and at a raw client"

    private struct Case {
        let condition: String
        let connections: Int
        let delay: Duration
        /// The time over which the requests are sent; all of them wait at its end.
        let spread: Duration
        /// How often in each round.
        var repetitions = 1
    }

    private let cases = [
        Case(condition: "one at a time", connections: 1, delay: .milliseconds(20), spread: .zero, repetitions: 100),
        Case(condition: "500 pending, due over 2 s", connections: 500, delay: .seconds(2), spread: .seconds(2)),
        Case(condition: "5,000 pending, due over 2 s", connections: 5000, delay: .seconds(2), spread: .seconds(2)),
    ]

    func duration(_ options: Options) -> Double { 11 * Double(options.rounds ?? 3) }

    func run(on stage: Stage) throws {
        stage.print("  from due to sent as the log says; from due to seen by a client with one thread, which stamps a")
        stage.print("  request before it sends it and an RST when it wakes; ours has one thread and keeps all events")
        for round in 0..<stage.rounds(or: 3) {
            for entry in cases where 2 * entry.connections + 100 <= stage.descriptorLimit {
                try measure(entry, round, on: stage)
            }
        }
        for entry in cases {
            guard 2 * entry.connections + 100 <= stage.descriptorLimit else {
                stage.print("  left out: \(entry.condition): the system allows \(stage.descriptorLimit) descriptors")
                continue
            }
            show(entry, stage)
        }
    }

    private func measure(_ entry: Case, _ round: Int, on stage: Stage) throws {
        let backend = try stage.startBackend()
        defer { backend.process.end(asking: true) }
        let proxy = try RunningContestant(.resetting, upstream: backend.port, on: stage) { role in
            role.threads = 1
            role.delay = entry.delay
            role.logCapacity = nil
            role.tellsLateness = true
        }
        defer { proxy.end() }
        var seen: [Int64] = []
        for _ in 0..<entry.repetitions {
            var times = [Int64](repeating: -1, count: entry.connections)
            let patience = (entry.delay + .seconds(3)).nanoseconds
            let resets = cl_time_resets(
                proxy.port, Int32(entry.connections), entry.spread.nanoseconds, patience, &times)
            guard resets >= 0 else { throw Failure.system("open \(entry.connections) connections") }
            seen += times.filter { $0 >= 0 }.map { $0 - entry.delay.nanoseconds }
        }
        let logged = proxy.end().split(separator: "\n").compactMap { Int64($0) }
        let expected = entry.connections * entry.repetitions
        guard seen.count == expected, logged.count == expected else {
            throw Failure("\(entry.condition): \(expected) resets were due, \(logged.count) sent, \(seen.count) seen")
        }
        for (contestant, times) in [("log", logged), ("client", seen)] {
            var figures = Distribution(times)?.figures ?? [:]
            figures[.early] = Double(times.count { $0 < 0 })
            stage.add(
                Sample(
                    section: name, condition: entry.condition, contestant: contestant, round: round, figures: figures,
                    nanoseconds: times))
        }
    }

    private func show(_ entry: Case, _ stage: Stage) {
        let samples = stage.samples.filter { $0.section == name && $0.condition == entry.condition }
        var table = TextTable([entry.condition] + Distribution.titles + ["resets", "early"])
        for contestant in ["log", "client"] {
            let times = samples.filter { $0.contestant == contestant }.flatMap(\.nanoseconds)
            guard let distribution = Distribution(times) else { continue }
            table.add(
                ["\(contestant), µs"] + distribution.cells
                    + [text(Double(times.count), digits: 0), String(times.count { $0 < 0 })])
        }
        stage.print("")
        for line in table.lines { stage.print(line) }
        if samples.contains(where: { $0.figures[.early] != 0 }) { stage.fail("a reset came before it was due") }
    }
}
