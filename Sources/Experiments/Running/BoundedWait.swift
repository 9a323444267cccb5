import Synchronization

/// How a wait ended.
enum BoundedWait<Value: Sendable>: Sendable {
    /// The work ended in time.
    case finished(Value)
    /// The time was over first; the work was cancelled and left behind.
    case late
    /// The waiting task was cancelled first; the work was cancelled and left behind.
    case cancelled
}

/// Does work and waits for it, but not longer than a limit, whatever the work makes of its cancellation.
///
/// Structured concurrency cannot leave a task behind: a group waits for a child that ignores cancellation for ever. So the
/// work runs in an unstructured task, and whoever comes first decides: its end, the clock, or the cancellation of the
/// waiting task.
///
/// - Parameters:
///   - limit: The longest wait.
///   - clock: The clock that measures it.
///   - work: The work.
/// - Returns: How the wait ended.
func bounded<Value: Sendable>(
    _ limit: Duration, clock: some Clock<Duration>, work: @escaping @Sendable () async -> Value
) async -> BoundedWait<Value> {
    let first = FirstAnswer<BoundedWait<Value>>()
    let executor = clock.executor
    let deadline = clock.now.advanced(by: limit)
    let worker = Task(executorPreference: executor) { first.give(.finished(await work())) }
    let alarm = Alarm(at: deadline, on: clock) { first.give(.late) }
    let answer = await withTaskCancellationHandler {
        await first.answer
    } onCancel: {
        first.give(.cancelled)
    }
    alarm.callOff()
    worker.cancel()
    return answer
}

/// A place for one answer: the first one given counts, and one task waits for it.
private final class FirstAnswer<Answer: Sendable>: Sendable {
    private struct State {
        var answer: Answer?
        var waiting: CheckedContinuation<Answer, Never>?
    }

    private let state = Mutex(State())

    func give(_ answer: Answer) {
        let waiting = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            guard state.answer == nil else { return nil }
            state.answer = answer
            return state.waiting.take()
        }
        waiting?.resume(returning: answer)
    }

    var answer: Answer {
        get async {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Answer? in
                    if state.answer == nil { state.waiting = continuation }
                    return state.answer
                }
                if let answer { continuation.resume(returning: answer) }
            }
        }
    }
}
