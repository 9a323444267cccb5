import Evidence

extension ExperimentRun {
    /// Carries the timetable out: ramp, injections, hold, undo, ramp.
    func carryOut(_ ledger: inout RunLedger) async {
        startSampling(.continuous, after: \.polling, &ledger)
        ledger.timetable.begin(at: moment)
        await rampUp(&ledger)
        if ledger.ending == nil { await injectFirst(&ledger) }
        let workload = ledger.ending == nil ? startWorkload() : nil
        if ledger.ending == nil { await hold(&ledger) }
        // A run that is stopped asks the calls to end, and lifts the faults without waiting for that.
        workload?.cancel()
        for sampler in ledger.samplers where sampler.mode == .onChaos { sampler.task.cancel() }
        await undoAll(&ledger)
        for sampler in ledger.samplers { sampler.task.cancel() }
        for sampler in ledger.samplers { await sampler.task.value }
        await workload?.value
        if ledger.ending == nil { await rampDown(&ledger) }
    }

    // MARK: Ramps

    private func rampUp(_ ledger: inout RunLedger) async {
        guard ledger.timetable.due(at: moment).isEmpty else { return }
        ledger.enter(.rampBefore)
        while ledger.ending == nil, ledger.timetable.due(at: moment).isEmpty {
            await rest(until: ledger.timetable.next, &ledger)
            stopIfAsked(&ledger)
        }
    }

    private func rampDown(_ ledger: inout RunLedger) async {
        // Where something may be left behind there is nothing to wait for.
        guard ledger.timetable.end == nil, !ledger.steps.contains(where: \.state.mayBeInPlace) else { return }
        ledger.enter(.rampAfter)
        while ledger.ending == nil, ledger.timetable.end == nil {
            await rest(until: ledger.timetable.next, &ledger)
            stopIfAsked(&ledger)
        }
    }

    // MARK: Injections

    /// Injects what is due together at the beginning.
    private func injectFirst(_ ledger: inout RunLedger) async {
        ledger.enter(.inject)
        let first = Set(ledger.timetable.due(at: moment).inject)
        while ledger.ending == nil {
            // Each of them once: where injecting takes longer than a pause between pulses, some are due again by now.
            let missing = first.filter { ledger.steps[$0].injections == 0 }
            guard !missing.isDisjoint(with: ledger.timetable.due(at: moment).inject) else { return }
            await doNext(&ledger)
        }
    }

    /// Does one thing that is due: lifts all that is to be lifted, or injects one step.
    private func doNext(_ ledger: inout RunLedger) async {
        stopIfAsked(&ledger)
        guard ledger.ending == nil else { return }
        let due = ledger.timetable.due(at: moment)
        if !due.undo.isEmpty {
            await undo(due.undo, &ledger)
        } else if let step = due.inject.first {
            await recheck(due.inject, &ledger)
            if ledger.ending == nil { await inject(step, &ledger) }
        }
    }

    /// Has the targets of steps that are due together looked at again, once for each time that they are due.
    private func recheck(_ due: [Int], _ ledger: inout RunLedger) async {
        guard let first = due.first, ledger.rechecked.remove(first) == nil else { return }
        let plan = Plan(steps: due.map { ledger.steps[$0].step }, candidates: ledger.candidates)
        await attempt("find the targets again", &ledger) { _ in try await backend.recheck(plan) }
        ledger.rechecked = Set(due.dropFirst())
    }

    private func inject(_ index: Int, _ ledger: inout RunLedger) async {
        let step = ledger.steps[index].step
        await attempt("inject \(step.fault.name) on \(step.target)", &ledger) { ledger in
            let delay =
                ledger.timetable.stay(of: index, from: moment).map { Self.delay(for: $0, steps: 1) }
                ?? Self.delay(for: ledger.longest, steps: ledger.steps.count)
            try await journal?.append(.armingUndo(step: index + 1, after: delay))
            ledger.steps[index].state = .undoArmed
            ledger.noteBegin(of: index)
            try await backend.armUndo(step, after: delay)
            stopIfAsked(&ledger)
            guard ledger.ending == nil else { return }
            try await journal?.append(.injecting(step: index + 1))
            ledger.steps[index].state = .injecting
            try await backend.inject(step)
            ledger.steps[index].state = .injected
            try await backend.verifyInjected(step)
            noteInjection(of: index, &ledger)
            try await journal?.append(.injected(step: index + 1))
        }
    }

    private func noteInjection(of index: Int, _ ledger: inout RunLedger) {
        let now = moment
        ledger.steps[index].injections += 1
        ledger.timetable.injected(index, at: now)
        guard ledger.firstInjection == nil else { return }
        ledger.firstInjection = now
        startSampling(.onChaos, after: \.initialDelay, &ledger)
    }

    /// What a dead-man's switch waits: what is planned and a margin, because a run that lives must not meet it.
    ///
    /// - Parameters:
    ///   - stay: What is planned.
    ///   - steps: The steps for which a backend takes time meanwhile; what stays until the end waits for all of them.
    /// - Returns: The time.
    private static func delay(for stay: Duration, steps: Int) -> Duration {
        stay + stay / 10 + .seconds(60) * steps
    }

    // MARK: Hold

    private func hold(_ ledger: inout RunLedger) async {
        ledger.enter(.hold)
        let start = moment
        let holdEnd = start + experiment.holdTime
        var verdicts = VerdictWatch(experiment.stopConditions, from: start)
        while true {
            stopIfAsked(&ledger)
            guard ledger.ending == nil else { return }
            let now = moment
            ledger.timetable.advance(to: now)
            // The last undo belongs to the phase that is named after it.
            let isOver = now >= holdEnd && signals.isWorkloadOver && ledger.timetable.awaitsLastUndo(at: now)
            let stop = verdicts.judge(
                at: now, isLast: isOver, backend.log, samples: board.sampleCount, record: { ledger.record })
            if let stop { return ledger.stop(stop) }
            if isOver { return }
            if ledger.timetable.due(at: now).isEmpty {
                let change = earliest(ledger.timetable.next, now < holdEnd ? holdEnd : nil)
                await rest(until: earliest(change, verdicts.next), &ledger)
            } else {
                await doNext(&ledger)
            }
        }
    }

    private func startWorkload() -> Task<Void, Never>? {
        guard let workload = experiment.workload else {
            signals.endWorkload()
            return nil
        }
        let driver = WorkloadDriver(workload: workload, log: backend.log, clock: clock)
        return Task(executorPreference: clock.executor) { [signals] in
            await driver.drive()
            signals.endWorkload()
        }
    }

    private func startSampling(_ mode: ProbeMode, after delay: (Probe) -> Duration, _ ledger: inout RunLedger) {
        for probe in experiment.probes where probe.mode == mode {
            let delay = delay(probe)
            let task = Task(executorPreference: clock.executor) { [clock, board] in
                await probe.poll(after: delay, on: clock) { board.note($0, of: probe) }
            }
            ledger.samplers.append((mode, task))
        }
    }
}
