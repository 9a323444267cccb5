/// How long a lab takes to start and to end.
struct LabTimes: Section {
    let name = "labs"
    let summary = "the time a lab takes to start and to end"

    /// Starts and ends labs; the times of each.
    let measure: ProxyBenchmark.LabMeasurement

    func duration(_ options: Options) -> Double { 1 }

    func run(on stage: Stage) throws {
        let times = try measure()
        var table = TextTable(["µs"] + Distribution.titles)
        for (name, durations) in [("start", times.starts), ("end", times.ends)] {
            let nanoseconds = durations.map(\.nanoseconds)
            guard let distribution = Distribution(nanoseconds) else { continue }
            stage.add(
                Sample(
                    section: self.name, condition: name, contestant: "lab", round: 0, figures: distribution.figures,
                    nanoseconds: nanoseconds))
            table.add([name] + distribution.cells)
        }
        for line in table.lines { stage.print(line) }
    }
}
