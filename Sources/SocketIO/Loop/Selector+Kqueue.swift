#if canImport(Darwin)
import Darwin
import FaultModel

/// Readiness by kqueue, level-triggered, with deadlines as its own timeout and a user event for wake-ups.
struct Selector: ~Copyable {
    private let queue: Descriptor
    private let clock: MonotonicClock
    private var events = [kevent](repeating: kevent(), count: 256)
    /// Whether another thread signaled during the last wait.
    private(set) var wasSignaled = false

    private static let wakeIdentity: UInt = 0

    init(clock: MonotonicClock) throws(SystemError) {
        let queue = Descriptor(owning: try systemCall(.kqueue, "kqueue") { kqueue() })
        try Self.submit(
            queue.number, ident: Self.wakeIdentity, filter: Int16(EVFILT_USER), flags: UInt16(EV_ADD | EV_CLEAR),
            data: 0)
        self.queue = queue
        self.clock = clock
    }

    /// The descriptor by which another thread wakes the selector.
    var wakeDescriptor: Int32 { queue.number }

    static func signal(_ wakeDescriptor: Int32) {
        var event = kevent()
        event.ident = wakeIdentity
        event.filter = Int16(EVFILT_USER)
        event.fflags = UInt32(NOTE_TRIGGER)
        _ = systemCall(.kevent) { Darwin.kevent(wakeDescriptor, &event, 1, nil, 0, nil) }
    }

    static let canReportChanges = false

    func add(
        _ descriptor: Int32, _ interest: Readiness, _ registration: Registration, reportsChanges: Bool
    ) throws(SystemError) {
        try change(descriptor, from: .none, to: interest, registration, reportsChanges: false)
    }

    func change(
        _ descriptor: Int32, from old: Readiness, to new: Readiness, _ registration: Registration, reportsChanges: Bool
    ) throws(SystemError) {
        for (bit, filter) in [(Readiness.readable, EVFILT_READ), (Readiness.writable, EVFILT_WRITE)] {
            guard old.contains(bit) != new.contains(bit) else { continue }
            try Self.submit(
                queue.number, ident: UInt(descriptor), filter: Int16(filter),
                flags: UInt16(new.contains(bit) ? EV_ADD : EV_DELETE), data: registration.packed)
        }
    }

    func remove(_ descriptor: Int32) {
        for filter in [EVFILT_READ, EVFILT_WRITE] {
            try? Self.submit(
                queue.number, ident: UInt(descriptor), filter: Int16(filter), flags: UInt16(EV_DELETE), data: 0)
        }
    }

    /// Waits for events until a deadline.
    ///
    /// - Parameter deadline: The moment at which to return without events; `nil` waits on, the past does not wait.
    /// - Returns: How many events there are to be fetched by ``event(_:)``.
    /// - Throws: ``SystemError``, which proves a bug: waiting itself needs nothing that can run out.
    mutating func wait(until deadline: Timestamp?) throws(SystemError) -> Int {
        let queue = queue.number
        // The system refuses to wait for years; returning early without events does no harm.
        let nanoseconds = deadline.map { min(max(.zero, $0 - clock.now), .seconds(86_400)).wholeNanoseconds }
        var timeout = timespec(
            tv_sec: Int((nanoseconds ?? 0) / 1_000_000_000), tv_nsec: Int((nanoseconds ?? 0) % 1_000_000_000))
        let capacity = Int32(events.count)
        let count = try events.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
            try systemCall(.kevent, "kevent") {
                Darwin.kevent(queue, nil, 0, buffer.baseAddress, capacity, nanoseconds == nil ? nil : &timeout)
            }
        }
        wasSignaled = false
        var kept = 0
        for position in 0..<Int(count) {
            if events[position].filter == Int16(EVFILT_USER) {
                wasSignaled = true
            } else {
                events[kept] = events[position]
                kept += 1
            }
        }
        return kept
    }

    /// An event of the last wait.
    func event(_ position: Int) -> ReadyEvent {
        // Unlike epoll, kqueue reports an end with the filter that was asked for, so reading finds it.
        ReadyEvent(
            registration: Registration(packed: UInt64(UInt(bitPattern: events[position].udata))),
            readiness: events[position].filter == Int16(EVFILT_WRITE) ? .writable : .readable)
    }

    private static func submit(
        _ queue: Int32, ident: UInt, filter: Int16, flags: UInt16, data: UInt64
    ) throws(SystemError) {
        var event = kevent()
        event.ident = ident
        event.filter = filter
        event.flags = flags
        event.udata = UnsafeMutableRawPointer(bitPattern: UInt(data))
        try systemCall(.kevent, "kevent") { Darwin.kevent(queue, &event, 1, nil, 0, nil) }
    }
}
#endif
