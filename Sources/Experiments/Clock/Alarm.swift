/// A call at a moment, which can be called off.
struct Alarm: Sendable {
    private enum Way: Sendable {
        case simulated(SimulatedClock, Int)
        case task(Task<Void, Never>)
    }

    private let way: Way

    /// Sets an alarm.
    ///
    /// - Parameters:
    ///   - deadline: The moment.
    ///   - clock: The clock of the moment.
    ///   - ring: Must not wait.
    init<C: Clock>(at deadline: C.Instant, on clock: C, _ ring: @escaping @Sendable () -> Void) {
        if let clock = clock as? SimulatedClock, let deadline = deadline as? SimulatedClock.Instant {
            way = .simulated(clock, clock.call(at: deadline, ring))
            return
        }
        way = .task(
            Task(executorPreference: clock.executor) {
                // The sleep fails only when it is no longer wanted.
                guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else { return }
                ring()
            })
    }

    /// Calls it off, unless it has rung.
    func callOff() {
        switch way {
        case .simulated(let clock, let id): clock.callOff(id)
        case .task(let task): task.cancel()
        }
    }
}
