/// Whoever waits for a moment of simulated time.
struct Sleepers {
    /// Somebody who waits.
    struct Sleeper {
        /// The order of falling asleep, which is the order of waking for equal deadlines.
        let id: Int
        let deadline: SimulatedClock.Instant
        let waiting: Waiting
    }

    /// What is done for a sleeper.
    enum Waiting {
        case task(CheckedContinuation<Void, any Error>)
        case alarm(@Sendable () -> Void)

        func wake() {
            switch self {
            case .task(let continuation): continuation.resume()
            case .alarm(let ring): ring()
            }
        }

        func fail() {
            if case .task(let continuation) = self { continuation.resume(throwing: CancellationError()) }
        }
    }

    /// The latest first, so that those who wake next are taken from the end.
    private var sleepers: [Sleeper] = []

    /// The moment of the next to wake.
    var earliest: SimulatedClock.Instant? { sleepers.last?.deadline }

    mutating func insert(_ sleeper: Sleeper) {
        var (low, high) = (0, sleepers.count)
        while low < high {
            let middle = (low + high) / 2
            // Of equal deadlines, who fell asleep later stands further away from the end.
            if sleepers[middle].deadline > sleeper.deadline { low = middle + 1 } else { high = middle }
        }
        sleepers.insert(sleeper, at: low)
    }

    mutating func remove(_ id: Int) -> Sleeper? {
        var index = sleepers.count
        while index > 0 {
            index -= 1
            if sleepers[index].id == id { return sleepers.remove(at: index) }
        }
        return nil
    }

    /// Takes out whoever waits for a moment or an earlier one, in the order of waking.
    mutating func removeDue(at moment: SimulatedClock.Instant) -> [Sleeper] {
        var due: [Sleeper] = []
        while let next = sleepers.last, next.deadline <= moment {
            due.append(next)
            sleepers.removeLast()
        }
        return due
    }
}
