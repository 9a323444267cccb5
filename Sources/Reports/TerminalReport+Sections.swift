import Evidence
import Experiments
import FaultModel

extension TerminalReport {
    func header(_ report: RunReport) -> [String] {
        let result = mark(report.outcome) + " " + report.outcome.description
        return [
            line(report.experiment, .heading, right: result, tone(report.outcome)),
            line(report.place.description, .faint, right: length(report).readable, .faint),
        ]
    }

    func faults(_ report: RunReport) -> [String] {
        guard !report.steps.isEmpty else { return [] }
        return [paint("Faults", .heading)]
            + report.steps.flatMap { entry in
                let tone: TerminalTone =
                    switch entry.state {
                    case .reverted: .good
                    case .planned: .faint
                    default: .bad
                    }
                let mark = entry.state == .reverted ? "✔" : entry.state == .planned ? "·" : "✘"
                let times = entry.injections > 1 ? "\(entry.injections) times, " : ""
                return [
                    line(
                        "\(entry.step.fault.name) on \(entry.step.target)", right: times + entry.state.description,
                        tone, indent: 2, mark: paint(mark, tone))
                ]
                    + wrapped(
                        entry.step.action + schedule(of: entry.step.fault.name, in: report), indent: 4, tone: .faint)
            }
    }

    /// When the fault was to begin and end, where that was asked for.
    private func schedule(of name: FaultName, in report: RunReport) -> String {
        guard let fault = report.faults.first(where: { $0.name == name }), fault.isScheduled else { return "" }
        return "; \(fault.schedule)"
    }

    func stop(_ report: RunReport) -> [String] {
        guard let stop = report.stop else { return [] }
        return [line("Stopped", .heading, right: stop.place?.description ?? stop.cause.description, .faint)]
            + wrapped(stop.reason, indent: 2, tone: .unsure)
    }

    func score(_ report: RunReport) -> [String] {
        guard let value = report.score.value else {
            return report.faults.isEmpty ? [] : [paint("Score", .heading) + "  none: " + report.score.reason]
        }
        return [paint("Score", .heading) + "  \(value) of 100: " + report.score.reason]
    }

    func upstream(_ report: RunReport) -> [String] {
        guard let trouble = report.record.upstreamTrouble else { return [] }
        return [paint("Upstream", .heading)] + wrapped(trouble, indent: 2, tone: .bad)
    }

    func calls(_ report: RunReport) -> [String] {
        var starts: [CallID: Timestamp] = [:]
        var times: [Duration] = []
        var (returned, threw, overdue) = (0, 0, 0)
        for event in report.record.events {
            switch event.fact {
            case .callStarted(let id): starts[id] = event.time
            case .callEnded(let id, let outcome):
                if let start = starts[id] { times.append(event.time - start) }
                switch outcome {
                case .returned: returned += 1
                case .threw: threw += 1
                case .overdue: overdue += 1
                }
            default: break
            }
        }
        guard !starts.isEmpty else { return [] }
        times.sort()
        var text = "\(starts.count): \(returned) returned, \(threw) threw, \(overdue) overdue"
        if let slowest = times.last {
            text += "; median \(times[times.count / 2].readable), slowest \(slowest.readable)"
        }
        return [paint("Calls", .heading) + "  " + text]
    }

    func expectations(_ report: RunReport) -> [String] {
        guard !report.verdicts.isEmpty else { return [] }
        return [paint("Expectations", .heading)]
            + report.verdicts.flatMap { judged in
                let verdict = judged.verdict
                let (mark, tone): (String, TerminalTone) =
                    switch verdict.outcome {
                    case .held: ("✔", .good)
                    case .violated: ("✘", .bad)
                    case .inconclusive: ("?", .unsure)
                    }
                // The line is wanted where something has to be looked into.
                let place = verdict.outcome == .held ? "" : judged.place?.description ?? "in every run"
                return [line(verdict.expectation, right: place, .faint, indent: 2, mark: paint(mark, tone))]
                    + wrapped(verdict.explanation + evidence(verdict), indent: 4, tone: .faint)
            }
    }

    /// The first events that decided, by number, so that they are found in the log.
    private func evidence(_ verdict: Verdict) -> String {
        guard !verdict.evidence.isEmpty else { return "" }
        let shown = verdict.evidence.prefix(5).map(String.init).joined(separator: ", ")
        let more = verdict.evidence.count > 5 ? ", …" : ""
        return " (\(verdict.evidence.count == 1 ? "event" : "events") \(shown)\(more))"
    }

    /// What each fault that shapes did, in one line each.
    func links(_ report: RunReport) -> [String] {
        let lines = report.record.tally.faults.flatMap { fault in
            fault.link.map { wrapped("\(fault.fault): \(LinkText($0).text)", indent: 2) } ?? []
        }
        return lines.isEmpty ? [] : [paint("Links", .heading)] + lines
    }

    func warnings(_ report: RunReport) -> [String] {
        guard !report.warnings.isEmpty else { return [] }
        return [paint("Warnings", .heading)] + report.warnings.flatMap { wrapped($0, indent: 2, tone: .unsure) }
    }

    func problems(_ report: RunReport) -> [String] {
        guard !report.problems.isEmpty else { return [] }
        return [paint("Problems", .heading)]
            + report.problems.flatMap { problem in
                [line(problem.phase?.rawValue ?? "before the first phase", indent: 2, mark: paint("✘", .bad))]
                    + wrapped(problem.description, indent: 4)
            }
    }

    func conclusion(_ report: RunReport) -> [String] {
        let outcome = "\(report.outcome) (exit code \(report.outcome.exitCode))"
        return ["\(paint(mark(report.outcome), tone(report.outcome))) \(outcome); replay with seed \(report.seed)"]
    }

    private func line(_ text: String, indent: Int, mark: String) -> String {
        line(text, right: "", indent: indent, mark: mark)
    }

    private func mark(_ outcome: RunOutcome) -> String {
        outcome == .passed ? "✔" : outcome.exitCode == RunOutcome.inconclusive.exitCode ? "?" : "✘"
    }

    private func tone(_ outcome: RunOutcome) -> TerminalTone {
        outcome == .passed ? .good : outcome.exitCode == RunOutcome.inconclusive.exitCode ? .unsure : .bad
    }

    private func length(_ report: RunReport) -> Duration {
        guard let first = report.phases.first, let last = report.phases.last else { return .zero }
        return last.end - first.start
    }
}
