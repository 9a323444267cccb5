import CLoad

/// A section in which contestants take turns under one load after the other.
struct LoadSection: Section {
    /// What the clients do, and how many of them.
    struct Load {
        let condition: String
        let kind: cl_kind
        var connections: Int
        var contestants: [Contestant]
    }

    let name: String
    let summary: String
    /// How it is measured, said before the figures.
    let remarks: [String]
    let loads: [Load]
    let columns: [Comparison.Column]
    /// How often, unless the user says otherwise.
    var rounds = 5
    /// Whether debug builds take part.
    var takesDebugBuilds = true
    /// Changes proxies of ours before they start.
    var adjust: @Sendable (inout ProxyRole) -> Void = { _ in }

    /// Until all clients are connected and buffers have grown to their size.
    private static let beginning = 0.3

    func duration(_ options: Options) -> Double {
        let others = takesDebugBuilds ? Contestant.debug(options.debugBuild).count : 0
        let measurements = loads.map { $0.contestants.count + others }.reduce(0, +)
        return Double(options.rounds ?? rounds) * Double(measurements) * (options.seconds + Self.beginning)
    }

    func run(on stage: Stage) throws {
        for remark in remarks { stage.print("  \(remark)") }
        let backend = try stage.startBackend()
        defer { backend.process.end(asking: true) }
        let debug = takesDebugBuilds ? Contestant.debug(stage.options.debugBuild) : []
        var contestants: [Contestant] = []
        for contestant in loads.flatMap(\.contestants) + debug
        where !contestants.contains(where: { $0.name == contestant.name }) { contestants.append(contestant) }
        let running = contestants.compactMap { contestant in
            stage.attempt(contestant) {
                try RunningContestant(contestant, upstream: backend.port, on: stage, adjust: adjust)
            }
        }
        defer { for contestant in running { contestant.end() } }
        for round in 0..<stage.rounds(or: rounds) {
            for load in loads {
                let names = (load.contestants + debug).map(\.name)
                for contestant in running.filter({ names.contains($0.name) }).rotated(by: round) {
                    _ = stage.attempt(contestant.contestant) {
                        stage.add(try measure(load, contestant, round, stage.options.seconds))
                    }
                }
            }
        }
        for load in loads {
            stage.print("")
            stage.show(name, load.condition, columns, of: load.contestants + debug)
        }
    }

    private func measure(
        _ load: Load, _ contestant: RunningContestant, _ round: Int, _ seconds: Double
    ) throws -> Sample {
        guard let clients = cl_open(load.kind, contestant.port, Int32(load.connections)) else {
            throw Failure.system("open \(load.connections) connections")
        }
        defer { cl_close(clients) }
        cl_run(clients, Int64(Self.beginning * 1e9), 0)
        let before = cl_counted(clients)
        let timeBefore = contestant.process?.processorTime ?? 0
        let nanoseconds = Double(cl_run(clients, Int64(seconds * 1e9), 0))
        let spent = Double((contestant.process?.processorTime ?? 0) - timeBefore)
        let after = cl_counted(clients)
        let completed = Double(after.completed - before.completed)
        let bytes = Double(after.bytes - before.bytes)
        guard completed + bytes > 0 else { throw Failure("nothing came through with \(load.condition)") }
        var figures: [Metric: Double] = [
            .resets: Double(after.resets - before.resets), .failures: Double(after.failures - before.failures),
        ]
        if completed > 0 {
            figures[.perSecond] = completed / nanoseconds * 1e9
            if contestant.process != nil { figures[.processorMicroseconds] = spent / completed / 1e3 }
        } else {
            figures[.gigabitsPerSecond] = bytes * 8 / nanoseconds
            if contestant.process != nil { figures[.processorSecondsPerGigabyte] = spent / bytes }
        }
        return Sample(
            section: name, condition: load.condition, contestant: contestant.name, round: round, figures: figures)
    }
}
