package import FaultModel

/// What code on a loop's thread may do: watch descriptors, set deadlines, read the loop's moment.
///
/// A context and everything that is registered with it stay on the thread of the loop; nothing here is `Sendable`.
package final class LoopContext {
    /// The clock of the loop.
    package let clock: MonotonicClock
    /// The moment at which the present round of events began; read once per round.
    package private(set) var now: Timestamp
    /// Memory for one read, shared by everything on the loop.
    package let scratch: UnsafeMutableRawBufferPointer

    private var selector: Selector
    private var timers = TimerQueue()
    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var ready: [ReadyEvent] = []
    private var postponed: [(LoopContext) -> Void] = []

    private struct Slot {
        var generation: UInt32 = 1
        var descriptor: Int32 = -1
        var interest: Readiness = []
        var handler: ((LoopContext, Readiness) -> Void)?
    }

    /// Bytes of ``scratch``.
    package static let scratchSize: Int = 64 * 1024

    init(clock: MonotonicClock) throws(SystemError) {
        self.clock = clock
        now = clock.now
        selector = try Selector(clock: clock)
        scratch = .allocate(byteCount: Self.scratchSize, alignment: 16)
    }

    deinit {
        scratch.deallocate()
    }

    var wakeDescriptor: Int32 { selector.wakeDescriptor }

    /// Watches a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor; it is unregistered before it is closed.
    ///   - interest: What to wait for.
    ///   - handler: Called on the loop for each event.
    /// - Returns: The registration.
    /// - Throws: ``SystemError`` when the system cannot watch more.
    package func register(
        _ descriptor: borrowing Descriptor, _ interest: Readiness,
        handler: @escaping (LoopContext, Readiness) -> Void
    ) throws(SystemError) -> Registration {
        let index: UInt32
        if let free = freeSlots.popLast() {
            index = free
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        let registration = Registration(slot: index, generation: slots[Int(index)].generation)
        do {
            try selector.add(descriptor.number, interest, registration)
        } catch {
            freeSlots.append(index)
            throw error
        }
        slots[Int(index)].descriptor = descriptor.number
        slots[Int(index)].interest = interest
        slots[Int(index)].handler = handler
        return registration
    }

    /// Changes what a registration waits for.
    ///
    /// - Parameters:
    ///   - registration: The registration.
    ///   - interest: What to wait for from now on.
    package func setInterest(_ registration: Registration, _ interest: Readiness) {
        let index = Int(registration.slot)
        guard slots[index].generation == registration.generation, slots[index].interest != interest else { return }
        do {
            try selector.change(slots[index].descriptor, from: slots[index].interest, to: interest, registration)
            slots[index].interest = interest
        } catch {
            // Changing a registration that stands needs no memory; a refusal means that the descriptor is not ours.
            preconditionFailure("a registration cannot be changed: \(error)")
        }
    }

    /// Stops watching a descriptor.
    ///
    /// - Parameter registration: The registration; events that were already gathered for it are dropped.
    package func unregister(_ registration: Registration) {
        let index = Int(registration.slot)
        guard slots[index].generation == registration.generation else { return }
        selector.remove(slots[index].descriptor)
        slots[index].generation &+= 1
        slots[index].descriptor = -1
        slots[index].interest = []
        slots[index].handler = nil
        freeSlots.append(registration.slot)
    }

    /// Moves, sets or clears a deadline.
    ///
    /// - Parameters:
    ///   - timer: The timer.
    ///   - deadline: The moment at which it fires; the past fires in the next round.
    package func set(_ timer: LoopTimer, to deadline: Timestamp?) {
        // Not before now, so that a timer which sets itself into the past lets the round end.
        timers.set(timer, to: deadline.map { max($0, now) })
    }

    /// Runs work when every event, deadline and job of the present round has been served.
    ///
    /// - Parameter work: Work that nobody waits for, such as clearing away after something that was urgent.
    package func atEndOfRound(_ work: @escaping (LoopContext) -> Void) {
        postponed.append(work)
    }

    /// Waits for one round of events and handles it.
    func runRound(waiting: Bool) {
        ready.removeAll(keepingCapacity: true)
        do {
            try selector.wait(until: waiting ? timers.next() : .zero, into: &ready)
        } catch {
            preconditionFailure("the event loop cannot wait: \(error)")
        }
        now = clock.now
        for event in ready {
            let slot = slots[Int(event.registration.slot)]
            guard slot.generation == event.registration.generation, let handler = slot.handler else { continue }
            let interesting = event.readiness.intersection(slot.interest.union(.hangup))
            if !interesting.isEmpty { handler(self, interesting) }
        }
        // What comes due meanwhile waits for the next round, or timers that are soon due again would keep the sockets waiting.
        let due = clock.now
        while let timer = timers.popDue(at: due) {
            now = clock.now
            timer.fire(self)
        }
    }

    /// Runs what was put off to the end of the round.
    func endRound() {
        while !postponed.isEmpty {
            let work = postponed
            postponed = []
            for item in work { item(self) }
        }
    }
}
