/// How long a lab takes to start and to end.
struct LabTimes: Section {
    let name = "labs"
    let summary = "the time a lab takes to start and to end"

    /// Starts and ends labs; the times of each.
    let measure: ProxyBenchmark.LabMeasurement

    func run(on stage: Stage) throws {
        let times = try measure()
        var table = TextTable(["µs", "min", "median", "p99", "max"])
        for (name, durations) in [("start", times.starts), ("end", times.ends)] {
            let nanoseconds = durations.map(\.nanoseconds)
            stage.add(
                Sample(section: self.name, condition: name, contestant: "lab", round: 0, nanoseconds: nanoseconds))
            guard let distribution = Distribution(nanoseconds) else { continue }
            table.add([name] + distribution.microseconds.map { text($0, digits: 1) })
        }
        for line in table.lines { stage.print(line) }
    }
}
