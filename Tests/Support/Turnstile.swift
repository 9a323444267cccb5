import Synchronization

/// Lets so many tests at once keep a machine busy; the others wait and hold nothing.
///
/// The framework starts all tests together. With hundreds of sockets and threads on two processors, each would wait for
/// seconds for what takes a millisecond, and time-outs that are meant for a broken proxy would meet a working one.
package final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    /// Whether the task is through already; a test that asks twice must not wait for itself.
    @TaskLocal private static var isThrough = false

    /// For tests with sockets.
    package static let sockets = Turnstile(places: 8)

    /// Creates a turnstile.
    ///
    /// - Parameter places: How many may be behind it at once, at least 1.
    package init(places: Int) {
        state = Mutex(State(free: places))
    }

    /// Waits for a place and holds it for the length of a closure.
    package func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        if Self.isThrough { return try await body() }
        await enter()
        defer { leave() }
        return try await Self.$isThrough.withValue(true) { try await body() }
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
