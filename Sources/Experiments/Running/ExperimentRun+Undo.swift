import Evidence

extension ExperimentRun {
    /// Takes back every step that may be in place, the latest first.
    func undoAll(_ ledger: inout RunLedger) async {
        ledger.isEnding = true
        let dirty = ledger.begun.reversed().filter { ledger.steps[$0].state.mayBeInPlace }
        if !dirty.isEmpty {
            ledger.enter(.undo)
            _ = await takeBack(dirty, &ledger)
        }
        stopIfAsked(&ledger)
    }

    /// Takes back steps whose time is over; the run ends when one of them is not known to be clean.
    func undo(_ steps: [Int], _ ledger: inout RunLedger) async {
        let dirty = await takeBack(steps, &ledger)
        if let first = dirty.first {
            let step = ledger.steps[first].step
            let reason = "\(step.fault.name) could not be lifted from \(step.target) when its time was over"
            ledger.stop(RunStop(cause: .undoFailed, reason: reason, time: backend.log.now))
        }
        stopIfAsked(&ledger)
    }

    /// Takes steps back in a task of its own: there is no shield from cancellation, and none may interrupt an undo.
    ///
    /// - Returns: The steps that are not known to be clean.
    private func takeBack(_ indices: [Int], _ ledger: inout RunLedger) async -> [Int] {
        let steps = indices.map { (number: $0 + 1, step: ledger.steps[$0].step) }
        let work = UndoWork(backend: backend, journal: journal)
        let results = await Task(executorPreference: clock.executor) { await work.undo(steps) }.value
        for (index, result) in zip(indices, results) {
            ledger.steps[index].state = result.isClean ? .reverted : .revertFailed
            for problem in result.problems { ledger.note(problem: problem) }
            if result.isClean { ledger.timetable.undone(index, at: moment) }
        }
        return zip(indices, results).filter { !$1.isClean }.map(\.0)
    }
}

/// Undoes steps, and verifies that.
private struct UndoWork<Backend: FaultBackend>: Sendable {
    let backend: Backend
    let journal: (any RunJournal)?

    /// What came of undoing one step.
    struct Result: Sendable {
        var isClean = true
        var problems: [String] = []
    }

    /// Undoes all steps, then verifies all: a target that cannot be verified must not keep the fault on the others longer.
    func undo(_ steps: [(number: Int, step: PlanStep)]) async -> [Result] {
        var results = Array(repeating: Result(), count: steps.count)
        for (index, (number, step)) in steps.enumerated() {
            await write(.undoing(step: number), &results[index])
            do {
                try await backend.undo(step)
            } catch {
                results[index].problems.append("could not undo \(step.fault.name) on \(step.target): \(brief(error))")
            }
        }
        for (index, (number, step)) in steps.enumerated() {
            do {
                try await backend.verifyUndone(step)
            } catch {
                results[index].isClean = false
                results[index].problems.append(
                    "could not verify that \(step.fault.name) is gone from \(step.target): \(brief(error))")
            }
            await write(results[index].isClean ? .undone(step: number) : .undoFailed(step: number), &results[index])
        }
        return results
    }

    /// A journal that fails is a problem, and no reason to leave a fault where it is.
    private func write(_ entry: JournalEntry, _ result: inout Result) async {
        do {
            try await journal?.append(entry)
        } catch {
            result.problems.append("could not write the journal: \(brief(error))")
        }
    }
}
