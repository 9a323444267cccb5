import Evidence
import FaultModel

/// One sample of a probe: its last attempt, and the time of all of them.
struct ProbeSample: Hashable, Sendable {
    let passed: Bool
    let detail: String
    let duration: Duration
}

extension Probe {
    /// Asks until the answer is yes, or the attempts are used up.
    ///
    /// - Parameter clock: The clock of the timeout.
    /// - Returns: The sample, or nothing when the task was cancelled meanwhile.
    func sample(on clock: some Clock<Duration>) async -> ProbeSample? {
        let start = clock.now
        var detail = ""
        for attempt in 1...max(1, attempts) {
            if attempt > 1, interval > .zero, (try? await clock.sleep(for: interval)) == nil { return nil }
            guard let answer = await attemptOnce(on: clock) else { return nil }
            if answer.passed {
                return ProbeSample(passed: true, detail: answer.detail, duration: start.duration(to: clock.now))
            }
            detail = answer.detail
        }
        if attempts > 1 { detail += (detail.isEmpty ? "no" : "") + " (\(attempts) attempts)" }
        return ProbeSample(passed: false, detail: detail, duration: start.duration(to: clock.now))
    }

    private func attemptOnce(on clock: some Clock<Duration>) async -> ProbeAnswer? {
        let wait = await bounded(timeout, clock: clock) { [ask] () -> ProbeAnswer in
            do {
                return try await ask()
            } catch {
                return .no(brief(error))
            }
        }
        switch wait {
        case .finished(let answer): return answer
        case .late: return .no("no answer within \(timeout)")
        case .cancelled: return nil
        }
    }

    /// Asks again and again until the task is cancelled.
    ///
    /// The samples stand on a grid. One that takes longer than the polling time skips those that were due meanwhile, so
    /// that a slow system is not asked by more and more probes at once.
    ///
    /// - Parameters:
    ///   - delay: The wait before the first sample.
    ///   - clock: The clock of all waits.
    ///   - note: Takes each sample.
    func poll<C: Clock<Duration>>(after delay: Duration, on clock: C, _ note: (ProbeSample) -> Void) async {
        var due = clock.now.advanced(by: delay)
        while !Task.isCancelled {
            if clock.now < due, (try? await clock.sleep(until: due, tolerance: nil)) == nil { return }
            guard let sample = await sample(on: clock), !Task.isCancelled else { return }
            note(sample)
            let late = due.duration(to: clock.now).wholeNanoseconds / max(1, polling.wholeNanoseconds)
            due = due.advanced(by: polling * (late + 1))
        }
    }
}
