import Evidence
import Experiments
import FaultModel

extension TerminalReport {
    /// One line for each probe and edge of the run; one for all samples of a probe that was asked again and again.
    func steadyState(_ report: RunReport) -> [String] {
        guard !report.probes.isEmpty else { return [] }
        return [paint("Steady state", .heading)]
            + report.probes.flatMap { probe in
                let time = probe.duration.readable.padded(to: 9, onTheLeft: true)
                let (mark, tone): (String, TerminalTone) =
                    probe.passed ? ("✔", .good) : probe.samples == 0 ? ("?", .unsure) : ("✘", .bad)
                return [
                    line(
                        probe.name, right: when(probe) + "  " + time, .faint, indent: 2, mark: paint(mark, tone))
                ] + wrapped(detail(probe, in: report), indent: 4, tone: .faint)
            }
    }

    private func when(_ probe: ProbeResult) -> String {
        switch probe.phase {
        case .steadyStateBefore: "before the faults"
        case .steadyStateAfter: "after the faults "
        default:
            switch (probe.samples, probe.failures) {
            case (0, _): "never asked"
            case (1, _): "1 sample"
            case (let samples, 0): "all \(samples) samples"
            case (let samples, let failures): "\(failures) of \(samples) samples"
            }
        }
    }

    private func detail(_ probe: ProbeResult, in report: RunReport) -> String {
        guard let first = probe.firstFailure else { return probe.detail }
        let moment = first - (report.phases.first?.start ?? .zero)
        let reason = probe.detail.isEmpty ? "it answered no" : probe.detail
        return "first failed \(moment.readable) after the start: \(reason)"
    }
}
