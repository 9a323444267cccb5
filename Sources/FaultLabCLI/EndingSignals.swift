import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// SIGINT and SIGTERM as something to wait for.
///
/// They are blocked in every thread and fetched by one that waits for them, so no code runs in a signal handler.
final class EndingSignals: Sendable {
    private let state = Mutex(State())

    private struct State {
        var hasArrived = false
        var wasInterrupted = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    /// Blocks the signals; call it before there are other threads.
    static func block() -> EndingSignals {
        var signals = signalSet
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let ending = EndingSignals()
        let argument = Unmanaged.passRetained(ending).toOpaque()
        #if canImport(Darwin)
        var thread: pthread_t?
        pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<EndingSignals>.fromOpaque(argument).takeRetainedValue().fetch()
                return nil
            }, argument)
        #else
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<EndingSignals>.fromOpaque(argument).takeRetainedValue().fetch() }
                return nil
            }, argument)
        #endif
        return ending
    }

    /// Whether it was SIGINT, as Ctrl-C sends it.
    var wasInterrupted: Bool { state.withLock(\.wasInterrupted) }

    /// Waits for a signal, for the end of a length of time, or for cancellation.
    func wait(atMost limit: Duration?) async {
        await withTaskGroup { group in
            group.addTask { await self.arrival() }
            if let limit { group.addTask { try? await Task.sleep(for: limit) } }
            await group.next()
            arrive()
            // The group waits for its tasks, and the limit may be long.
            group.cancelAll()
        }
    }

    private static var signalSet: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        return signals
    }

    private func fetch() {
        var signals = Self.signalSet
        var number: Int32 = 0
        sigwait(&signals, &number)
        state.withLock { $0.wasInterrupted = number == SIGINT }
        arrive()
        // A second signal ends a process whose clean end takes too long, in the way the person expects.
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        while true { pause() }
    }

    private func arrival() async {
        await withCheckedContinuation { continuation in
            let hasArrived = state.withLock { state in
                if !state.hasArrived { state.waiting = continuation }
                return state.hasArrived
            }
            if hasArrived { continuation.resume() }
        }
    }

    private func arrive() {
        let waiting = state.withLock { state in
            state.hasArrived = true
            return state.waiting.take()
        }
        waiting?.resume()
    }
}
