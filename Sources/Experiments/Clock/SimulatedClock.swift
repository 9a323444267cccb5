import Synchronization

/// A clock whose time stands still while anything runs, and jumps when everything waits.
///
/// An experiment that runs on it takes milliseconds whatever its deadlines are, and takes the same course each time:
///
/// ```swift
/// let clock = SimulatedClock()
/// let report = try await experiment.run(on: RecordingBackend(clock: clock), clock: clock)
/// ```
///
/// The clock is also the executor of the tasks that live on it. It runs their jobs one after the other in the order in
/// which they become ready. When no job is ready, every such task waits; then time jumps to the earliest moment anybody
/// sleeps for. There is no other way to know that "everything waits", so the clock covers tasks on this executor:
/// ``Experiment/run(on:clock:)``, the probes, calls and backend it calls, and child tasks of those. What they wait for
/// must come from the clock or from each other. A socket, a thread, `Task { }` or another actor's executor counts as
/// waiting, and time jumps ahead of it; for those, use `ContinuousClock`.
public final class SimulatedClock: Clock, TaskExecutor {
    /// A moment of simulated time.
    public struct Instant: InstantProtocol {
        /// The time since the clock was created.
        public let offset: Duration

        /// The moment that lies a length of time later.
        ///
        /// - Parameter duration: The length of time; negative for an earlier moment.
        /// - Returns: The moment.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        /// The length of time to another moment.
        ///
        /// - Parameter other: The other moment.
        /// - Returns: The length of time; negative when the other moment is earlier.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Whether the first moment lies before the second.
        public static func < (earlier: Instant, later: Instant) -> Bool { earlier.offset < later.offset }
    }

    struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    struct State {
        var now = Instant(offset: .zero)
        var ready: [UnownedJob] = []
        var isWorking = false
        /// By order of falling asleep, which is the order of waking for equal deadlines.
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var sleeps = 0
    }

    private let state = Mutex(State())

    /// Creates a clock at zero.
    public init() {}

    /// The moment on the clock.
    public var now: Instant { state.withLock(\.now) }

    /// The least difference between two moments.
    public var minimumResolution: Duration { .nanoseconds(1) }

    // MARK: Sleeping

    /// Waits for a moment of simulated time.
    ///
    /// - Parameters:
    ///   - deadline: The moment to wait for; a moment that has passed does not wait.
    ///   - tolerance: Ignored, simulated time is exact.
    /// - Throws: `CancellationError`, when the task is cancelled before.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.sleeps += 1
            return state.sleeps
        }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                fallAsleep(id, Sleeper(deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                // Cancelled before it fell asleep: leave word, so that it does not.
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func fallAsleep(_ id: Int, _ sleeper: Sleeper) {
        enum Next { case fail, wake, work, sleep }
        let next: Next = state.withLock { state in
            if state.cancelled.contains(id) { return .fail }
            if sleeper.deadline <= state.now { return .wake }
            state.sleepers[id] = sleeper
            return state.beginWork() ? .work : .sleep
        }
        switch next {
        case .fail: sleeper.continuation.resume(throwing: CancellationError())
        case .wake: sleeper.continuation.resume()
        case .work: startWork()
        case .sleep: break
        }
    }

    // MARK: Working

    /// Takes a job of a task that lives on this clock; called by the concurrency runtime.
    ///
    /// - Parameter job: The job.
    public func enqueue(_ job: consuming ExecutorJob) {
        let ready = UnownedJob(job)
        let mustStart = state.withLock { state in
            state.ready.append(ready)
            return state.beginWork()
        }
        if mustStart { startWork() }
    }

    private func startWork() {
        Task.detached { await self.work() }
    }

    /// Runs what is ready, then lets time jump, until there is neither a job nor a sleeper.
    private func work() async {
        while let turn = state.withLock({ $0.nextTurn() }) {
            for job in turn.jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            for sleeper in turn.woken { sleeper.continuation.resume() }
            // Simulated tasks may go on without end, and the threads of the pool are few and shared with the rest of the
            // process, with whoever cancels those tasks for one.
            await Task.yield()
        }
    }
}

extension SimulatedClock.State {
    /// Whether the caller has to start the work, because nobody is at it.
    mutating func beginWork() -> Bool {
        guard !isWorking else { return false }
        isWorking = true
        return true
    }

    /// What to do next, or nothing when all is done; whoever comes next then starts the work again.
    mutating func nextTurn() -> (jobs: [UnownedJob], woken: [SimulatedClock.Sleeper])? {
        if !ready.isEmpty {
            defer { ready = [] }
            return (ready, [])
        }
        guard let earliest = sleepers.values.map(\.deadline).min() else {
            isWorking = false
            return nil
        }
        now = max(now, earliest)
        let due = sleepers.filter { $0.value.deadline <= earliest }.sorted { $0.key < $1.key }
        for (id, _) in due { sleepers[id] = nil }
        return ([], due.map(\.value))
    }
}
