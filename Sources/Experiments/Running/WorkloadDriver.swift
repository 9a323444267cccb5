import Evidence
import Synchronization

/// Drives the calls of a workload, and logs each with its start and its end.
struct WorkloadDriver<C: Clock<Duration>>: Sendable {
    let workload: Workload
    let log: EventLog
    let clock: C

    /// Makes the calls; comes back when all have ended, or soon after the deadline or a cancellation.
    func drive() async {
        let ledger = CallLedger(calls: workload.calls, log: log)
        let executor = clock.executor
        let body = workload.body
        let workers = (0..<min(workload.concurrency, workload.calls)).map { _ in
            Task(executorPreference: executor) {
                while let call = ledger.begin() {
                    do {
                        try await body(call)
                        ledger.end(call, .returned(""))
                    } catch {
                        ledger.end(call, .threw(brief(error)))
                    }
                }
            }
        }
        let wait = await bounded(workload.deadline, clock: clock) { for worker in workers { await worker.value } }
        switch wait {
        case .finished: return
        case .late: ledger.close()
        case .cancelled: ledger.stop()
        }
        for worker in workers { worker.cancel() }
        await leaveBehind(workers)
        ledger.close()
    }

    /// Waits a little for cancelled calls, so that well-behaved ones do not outlive the run.
    private func leaveBehind(_ workers: [Task<Void, Never>]) async {
        // A task of its own, because the run may be cancelled, and a cancelled task cannot wait.
        let wait = await Task(executorPreference: clock.executor) { [clock] in
            await bounded(Workload.grace, clock: clock) { for worker in workers { await worker.value } }
        }.value
        if case .finished = wait { return }
        log.append(.note("calls that ignore their cancellation were left behind"))
    }
}

/// Which calls have been started and have not ended.
private final class CallLedger: Sendable {
    private struct State {
        var started = 0
        var takesCalls = true
        var open: Set<Call> = []
    }

    private let calls: Int
    private let log: EventLog
    private let state = Mutex(State())

    init(calls: Int, log: EventLog) {
        self.calls = calls
        self.log = log
    }

    /// Starts the next call, unless there is none or the time is over.
    func begin() -> Call? {
        // Logged under the lock, so that no end is logged before its start.
        state.withLock { state in
            guard state.takesCalls, state.started < calls else { return nil }
            state.started += 1
            let call = Call(number: state.started, id: log.nextCall())
            state.open.insert(call)
            log.append(.callStarted(call.id))
            return call
        }
    }

    /// Ends a call, unless it was declared overdue before.
    func end(_ call: Call, _ outcome: CallOutcome) {
        state.withLock { state in
            guard state.open.remove(call) != nil else { return }
            log.append(.callEnded(call.id, outcome))
        }
    }

    /// Starts no more calls.
    func stop() {
        state.withLock { state in
            guard state.takesCalls else { return }
            state.takesCalls = false
            if state.started < calls {
                log.append(.note("\(calls - state.started) of \(calls) calls were not started"))
            }
        }
    }

    /// Starts no more calls, and declares those that have not ended overdue.
    func close() {
        stop()
        state.withLock { state in
            for call in state.open.sorted(by: { $0.number < $1.number }) {
                log.append(.callEnded(call.id, .overdue))
            }
            state.open = []
        }
    }
}

/// The text of an error, cut where a log stops being readable.
func brief(_ error: any Error) -> String {
    let text = "\(error)"
    let limit = 500
    return text.count <= limit ? text : text.prefix(limit - 1) + "…"
}
