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
/// ``Experiment/run(on:clock:journal:)``, the probes, calls and backend it calls, and child tasks of those. What they wait for
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

    struct State {
        var now = Instant(offset: .zero)
        var ready: [UnownedJob] = []
        var isWorking = false
        var sleepers = Sleepers()
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
                fallAsleep(Sleepers.Sleeper(id: id, deadline: deadline, waiting: .task(continuation)))
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.remove(id)
                // Cancelled before it fell asleep: leave word, so that it does not.
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.waiting.fail()
        }
    }

    private func fallAsleep(_ sleeper: Sleepers.Sleeper) {
        enum Next { case fail, wake, work, sleep }
        let next: Next = state.withLock { state in
            if state.cancelled.contains(sleeper.id) { return .fail }
            if sleeper.deadline <= state.now { return .wake }
            state.sleepers.insert(sleeper)
            return state.beginWork() ? .work : .sleep
        }
        switch next {
        case .fail: sleeper.waiting.fail()
        case .wake: sleeper.waiting.wake()
        case .work: startWork()
        case .sleep: break
        }
    }

    /// Calls a closure at a moment, unless it is called off before; costs a fraction of a task that sleeps.
    ///
    /// - Parameters:
    ///   - deadline: The moment; one that has passed calls at once.
    ///   - ring: Must not wait.
    /// - Returns: What ``callOff(_:)`` takes.
    func call(at deadline: Instant, _ ring: @escaping @Sendable () -> Void) -> Int {
        let id = state.withLock { state in
            state.sleeps += 1
            return state.sleeps
        }
        fallAsleep(Sleepers.Sleeper(id: id, deadline: deadline, waiting: .alarm(ring)))
        return id
    }

    /// Calls a call off; does nothing when it was made already.
    func callOff(_ id: Int) {
        state.withLock { _ = $0.sleepers.remove(id) }
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
        var turns = 0
        while let turn = state.withLock({ $0.nextTurn() }) {
            for job in turn.jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            for sleeper in turn.woken { sleeper.waiting.wake() }
            turns += 1
            // Simulated tasks may go on without end, and the threads of the pool are few and shared with the rest of the
            // process, with whoever cancels those tasks for one. Making way costs more than a turn, so not each time.
            if turns.isMultiple(of: 256) { await Task.yield() }
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
    mutating func nextTurn() -> (jobs: [UnownedJob], woken: [Sleepers.Sleeper])? {
        if !ready.isEmpty {
            defer { ready = [] }
            return (ready, [])
        }
        guard let earliest = sleepers.earliest else {
            isWorking = false
            return nil
        }
        now = max(now, earliest)
        return ([], sleepers.removeDue(at: earliest))
    }
}
