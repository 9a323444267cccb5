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
    private var slots = SlotTable()
    private var pipes = SplicePipes()
    private var postponed: [(LoopContext) -> Void] = []

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
    ///   - descriptor: The descriptor.
    ///   - interest: What to wait for.
    ///   - handler: Told on the loop of each event; held until the descriptor is unregistered.
    ///   - tag: A number that the handler is told with each event.
    ///   - reportsChanges: Whether a readiness is reported when it comes about, and not again while it lasts. To lose
    ///     interest then costs nothing, and to gain it reports what is ready already; a handler that leaves something
    ///     unread asks for another report with ``reportAgain(_:)``. Where the system cannot, it goes on reporting states,
    ///     which such a handler also understands.
    /// - Returns: The registration.
    /// - Throws: ``SystemError`` when the system cannot watch more.
    package func register(
        _ descriptor: borrowing Descriptor, _ interest: Readiness, handler: any LoopHandler, tag: UInt8 = 0,
        reportsChanges: Bool = false
    ) throws(SystemError) -> Registration {
        let index = slots.take()
        let registration = Registration(slot: index, generation: slots[index].generation)
        let reportsChanges = reportsChanges && Selector.canReportChanges
        do {
            try selector.add(descriptor.number, interest, registration, reportsChanges: reportsChanges)
        } catch {
            slots.giveBack(index)
            throw error
        }
        slots[index].descriptor = descriptor.number
        slots[index].interest = interest
        slots[index].reported = interest
        slots[index].reportsChanges = reportsChanges
        slots[index].tag = tag
        slots[index].handler = handler
        return registration
    }

    /// Watches a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - interest: What to wait for.
    ///   - handler: Called on the loop for each event.
    /// - Returns: The registration.
    /// - Throws: ``SystemError`` when the system cannot watch more.
    package func register(
        _ descriptor: borrowing Descriptor, _ interest: Readiness,
        handler: @escaping (LoopContext, Readiness) -> Void
    ) throws(SystemError) -> Registration {
        try register(descriptor, interest, handler: ClosureHandler(handler))
    }

    /// Changes what a registration waits for.
    ///
    /// - Parameters:
    ///   - registration: The registration.
    ///   - interest: What to wait for from now on.
    package func setInterest(_ registration: Registration, _ interest: Readiness) {
        let index = registration.slot
        guard slots[index].generation == registration.generation else { return }
        let old = slots[index].interest
        guard old.bits != interest.bits else { return }
        slots[index].interest = interest
        if slots[index].reportsChanges {
            guard interest.bits & ~old.bits != 0 else { return }
            // With what is reported already: it is cheaper to be told too much than to say that it is enough.
            change(index, to: slots[index].reported | interest, registration)
        } else {
            change(index, to: interest, registration)
        }
    }

    /// Has what is ready now reported, although it may have been reported before.
    ///
    /// - Parameter registration: The registration.
    package func reportAgain(_ registration: Registration) {
        let index = registration.slot
        guard slots[index].generation == registration.generation, slots[index].reportsChanges else { return }
        change(index, to: slots[index].reported, registration)
    }

    private func change(_ index: UInt32, to reported: Readiness, _ registration: Registration) {
        do {
            try selector.change(
                slots[index].descriptor, from: slots[index].reported, to: reported, registration,
                reportsChanges: slots[index].reportsChanges)
            slots[index].reported = reported
        } catch {
            // Changing a registration that stands needs no memory; a refusal means that the descriptor is not ours.
            preconditionFailure("a registration cannot be changed: \(error)")
        }
    }

    /// Stops watching a descriptor that stays open.
    ///
    /// - Parameter registration: The registration; events that were already gathered for it are dropped.
    package func unregister(_ registration: Registration) {
        guard slots[registration.slot].generation == registration.generation else { return }
        selector.remove(slots[registration.slot].descriptor)
        slots.giveBack(registration.slot)
    }

    /// Forgets a descriptor that is closed next, which ends its registration with the system.
    ///
    /// - Parameter registration: The registration; events that were already gathered for it are dropped.
    func forget(_ registration: Registration) {
        guard slots[registration.slot].generation == registration.generation else { return }
        slots.giveBack(registration.slot)
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

    /// Lends a pipe for moving bytes without reading them.
    ///
    /// - Returns: An empty pipe, to be given back when it is empty again.
    /// - Throws: ``SystemError`` when there is no descriptor left, or the system has no such thing.
    package func takePipe() throws(SystemError) -> SplicePipe { try pipes.take() }

    /// Takes a pipe back.
    ///
    /// - Parameter pipe: The pipe; one that is not empty is done away with.
    package func giveBack(_ pipe: SplicePipe) { pipes.giveBack(pipe) }

    /// Runs work when every event, deadline and job of the present round has been served.
    ///
    /// - Parameter work: Work that nobody waits for, such as clearing away after something that was urgent.
    package func atEndOfRound(_ work: @escaping (LoopContext) -> Void) {
        postponed.append(work)
    }

    /// Waits for one round of events and handles it.
    ///
    /// - Returns: Whether another thread asked for the loop.
    func runRound() -> Bool {
        var count = 0
        do {
            count = try selector.wait(until: timers.next())
        } catch {
            preconditionFailure("the event loop cannot wait: \(error)")
        }
        let isWanted = selector.wasSignaled
        now = clock.now
        var position = 0
        while position < count {
            // Each event is taken out by itself: a handler may register others meanwhile.
            let event = selector.event(position)
            position += 1
            guard let (handler, tag, interest) = claim(event.registration) else { continue }
            let welcome = interest.contains(.readable) ? interest | .hangup | .ended | .urgent : interest | .hangup
            let interesting = event.readiness.intersection(welcome)
            if interesting.bits != 0 { handler.isReady(tag, interesting, self) }
        }
        // What comes due meanwhile waits for the next round, or timers that are soon due again would keep the sockets waiting.
        let due = clock.now
        while let timer = timers.popDue(at: due) {
            now = clock.now
            timer.fire(self)
        }
        return isWanted
    }

    /// Who is to be told of an event, unless the descriptor is registered no more.
    private func claim(_ registration: Registration) -> (any LoopHandler, UInt8, Readiness)? {
        let slot = slots[registration.slot]
        guard slot.generation == registration.generation, let handler = slot.handler else { return nil }
        return (handler, slot.tag, slot.interest)
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
