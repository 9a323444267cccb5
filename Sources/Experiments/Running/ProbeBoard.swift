import Evidence
import FaultModel
import Synchronization

/// What the probes said that are asked while a run goes on, and whether that stops it.
final class ProbeBoard: Sendable {
    fileprivate struct Entry {
        var samples = 0
        var failures = 0
        var failuresInARow = 0
        var firstFailure: Timestamp?
        var detail = ""
        var longest: Duration = .zero
    }

    private let probes: [Probe]
    private let limits: [(name: String, times: Int, place: SourcePlace)]
    private let log: EventLog
    private let signals: RunSignals
    private let entries: Mutex<[Entry]>

    /// Creates a board without answers.
    ///
    /// - Parameters:
    ///   - probes: The probes that are asked while the run goes on.
    ///   - conditions: The conditions of the experiment.
    ///   - log: Where every sample is written to.
    ///   - signals: Whom to tell that the run is to stop.
    init(_ probes: [Probe], stoppingBy conditions: [StopCondition], log: EventLog, signals: RunSignals) {
        self.probes = probes
        self.log = log
        self.signals = signals
        entries = Mutex(Array(repeating: Entry(), count: probes.count))
        limits = conditions.compactMap { condition in
            guard case .probeFails(let name, let times) = condition.kind else { return nil }
            return (name, times, condition.place)
        }
    }

    /// Takes a sample.
    func note(_ sample: ProbeSample, of probe: Probe) {
        guard let index = probes.firstIndex(where: { $0.name == probe.name }) else { return }
        log.append(
            .probeEvaluated(
                name: probe.name, mode: probe.mode.description, passed: sample.passed, detail: sample.detail))
        let inARow = entries.withLock { $0[index].add(sample, at: log.now) }
        guard inARow > 0 else { return }
        if probe.stopOnFailure { stop("probe \"\(probe.name)\" failed: \(reason(sample))", at: probe.place) }
        for limit in limits where limit.name == probe.name && inARow >= limit.times {
            let times = limit.times == 1 ? "" : " \(limit.times) times in a row"
            stop("probe \"\(probe.name)\" failed\(times): \(reason(sample))", at: limit.place)
        }
    }

    private func reason(_ sample: ProbeSample) -> String { sample.detail.isEmpty ? "it answered no" : sample.detail }

    private func stop(_ reason: String, at place: SourcePlace) {
        signals.stop(RunStop(cause: .probe, reason: reason, place: place, time: log.now))
    }

    /// The samples of all probes so far.
    var sampleCount: Int { entries.withLock { $0.reduce(0) { $0 + $1.samples } } }

    /// One entry for each probe.
    ///
    /// - Parameter phase: The phase that stands for all in which they were asked.
    /// - Returns: The results in the order of the DSL.
    func results(in phase: Phase) -> [ProbeResult] {
        zip(probes, entries.withLock(\.self)).map { probe, entry in
            ProbeResult(
                name: probe.name, mode: probe.mode, phase: phase, passed: entry.samples > 0 && entry.failures == 0,
                detail: entry.samples == 0 ? "it was never asked: its time did not come" : entry.detail,
                duration: entry.longest, place: probe.place, samples: entry.samples, failures: entry.failures,
                firstFailure: entry.firstFailure)
        }
    }
}

extension ProbeBoard.Entry {
    /// Adds a sample; returns how many failed in a row up to this one.
    fileprivate mutating func add(_ sample: ProbeSample, at moment: Timestamp) -> Int {
        samples += 1
        longest = max(longest, sample.duration)
        failuresInARow = sample.passed ? 0 : failuresInARow + 1
        if !sample.passed {
            failures += 1
            if failures == 1 { (firstFailure, detail) = (moment, sample.detail) }
        } else if failures == 0 {
            detail = sample.detail
        }
        return failuresInARow
    }
}
