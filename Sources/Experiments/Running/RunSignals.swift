import Synchronization

/// What the tasks of a run tell the one that drives it: stop, and that the workload is over.
final class RunSignals: Sendable {
    private struct State {
        var stop: RunStop?
        var isWorkloadOver = false
        /// Something happened that the driver has not looked at.
        var hasNews = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Why the run is to be stopped; the first reason counts.
    var stop: RunStop? { state.withLock(\.stop) }

    /// Whether the calls have ended.
    var isWorkloadOver: Bool { state.withLock(\.isWorkloadOver) }

    /// Asks for the end of the run.
    func stop(_ stop: RunStop) {
        state.withLock { $0.stop = $0.stop ?? stop }
        wake()
    }

    /// Says that the calls have ended.
    func endWorkload() {
        state.withLock { $0.isWorkloadOver = true }
        wake()
    }

    /// Waits for a signal, a moment, or the cancellation of the task, whatever comes first; sometimes for none of them.
    func wait<C: Clock>(until deadline: C.Instant?, on clock: C) async where C.Duration == Duration {
        let alarm = deadline.map { Alarm(at: $0, on: clock) { self.wake() } }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.hasNews {
                        state.hasNews = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        } onCancel: {
            wake()
        }
        alarm?.callOff()
    }

    private func wake() {
        let waiting = state.withLock { state in
            state.hasNews = state.waiting == nil
            return state.waiting.take()
        }
        waiting?.resume()
    }
}
