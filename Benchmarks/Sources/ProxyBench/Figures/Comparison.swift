/// The samples of one condition, contestant by contestant: medians, and medians of the ratios within each round.
///
/// A ratio is taken within a round, because what else the machine does changes from round to round.
struct Comparison {
    /// A figure and whom it is compared with.
    struct Column {
        let metric: Metric
        let title: String
        let digits: Int
        /// The contestants whose figure is 1.
        var bases: [String] = []
    }

    /// What the JSON file has of a cell.
    struct Summary {
        let contestant: String
        let metric: Metric
        let median: Double?
        let ratios: [(base: String, ratio: Double?)]
    }

    let section: String
    let condition: String
    let columns: [Column]
    let contestants: [Contestant]
    private let samples: [Sample]

    init(
        _ section: String, _ condition: String, _ columns: [Column], of contestants: [Contestant], _ samples: [Sample]
    ) {
        self.section = section
        self.condition = condition
        self.columns = columns
        self.contestants = contestants
        self.samples = samples.filter { $0.section == section && $0.condition == condition }
    }

    var summaries: [Summary] {
        contestants.flatMap { contestant in
            columns.map { column in
                let bases = column.bases + (contestant.release.map { [$0] } ?? [])
                return Summary(
                    contestant: contestant.name, metric: column.metric,
                    median: median(of: contestant.name, column.metric),
                    ratios: bases.map { ($0, ratio(of: contestant.name, to: $0, column.metric)) })
            }
        }
    }

    var lines: [String] {
        var table = TextTable([condition] + columns.flatMap { [$0.title] + $0.bases.map { "of \($0)" } })
        for contestant in contestants {
            table.add(
                [contestant.name]
                    + columns.flatMap { column in
                        [text(median(of: contestant.name, column.metric), digits: column.digits)]
                            + column.bases.map { text(ratio(of: contestant.name, to: $0, column.metric), digits: 2) }
                    })
        }
        return table.lines + debugLines + troubleLines
    }

    private var debugLines: [String] {
        contestants.compactMap { contestant in
            guard let release = contestant.release else { return nil }
            let parts = columns.map {
                "\(text(ratio(of: contestant.name, to: release, $0.metric), digits: 2)) of its \($0.title)"
            }
            return "  \(contestant.name) to release: " + parts.joined(separator: ", ")
        }
    }

    /// What went wrong, or was made to go wrong, over all rounds.
    private var troubleLines: [String] {
        contestants.compactMap { contestant in
            let resets = sum(of: contestant.name, .resets)
            let failures = sum(of: contestant.name, .failures)
            guard resets + failures > 0 else { return nil }
            let counts = "\(text(resets, digits: 0)) connections reset, \(text(failures, digits: 0)) failed"
            return "  \(contestant.name): \(counts)"
        }
    }

    private func samples(of contestant: String) -> [Sample] { samples.filter { $0.contestant == contestant } }

    private func median(of contestant: String, _ metric: Metric) -> Double? {
        samples(of: contestant).compactMap { $0.figures[metric] }.median
    }

    private func sum(of contestant: String, _ metric: Metric) -> Double {
        samples(of: contestant).compactMap { $0.figures[metric] }.reduce(0, +)
    }

    private func ratio(of contestant: String, to base: String, _ metric: Metric) -> Double? {
        let bases = samples(of: base)
        return samples(of: contestant).compactMap { sample -> Double? in
            guard let figure = sample.figures[metric], let other = bases.first(where: { $0.round == sample.round }),
                let divisor = other.figures[metric], divisor > 0
            else { return nil }
            return figure / divisor
        }.median
    }
}
