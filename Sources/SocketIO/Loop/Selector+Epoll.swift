#if os(Linux) || os(Android)
import CFaultLabShims
import FaultModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// Readiness by epoll, level-triggered unless changes are asked for, with a timerfd for deadlines to the nanosecond and an eventfd for wake-ups.
struct Selector: ~Copyable {
    private let epoll: Descriptor
    private let timer: Descriptor
    private let wake: Descriptor
    private let origin: Int64
    /// The moment that the timer is set to; 0 for none, -1 when it has to be set anew.
    private var armedFor: Int64 = 0
    private let events: UnsafeMutablePointer<fl_event>
    /// Whether another thread signaled during the last wait.
    private(set) var wasSignaled = false

    private static let capacity = 256

    private static let timerMark = UInt64.max
    private static let wakeMark = UInt64.max - 1

    init(clock: MonotonicClock) throws(SystemError) {
        let epoll = Descriptor(owning: try systemCall(.epollCreate, "epoll_create1") { fl_epoll_create() })
        let timer = Descriptor(owning: try systemCall(.timerfd, "timerfd_create") { fl_timerfd() })
        let wake = Descriptor(owning: try systemCall(.eventfd, "eventfd") { fl_eventfd() })
        let numbers = (epoll: epoll.number, timer: timer.number, wake: wake.number)
        try systemCall(.epollAdd, "epoll_ctl") {
            fl_epoll_add(numbers.epoll, numbers.timer, UInt32(FL_READABLE), Self.timerMark)
        }
        try systemCall(.epollAdd, "epoll_ctl") {
            fl_epoll_add(numbers.epoll, numbers.wake, UInt32(FL_READABLE), Self.wakeMark)
        }
        self.epoll = epoll
        self.timer = timer
        self.wake = wake
        origin = clock.origin
        events = .allocate(capacity: Self.capacity)
        events.initialize(repeating: fl_event(), count: Self.capacity)
    }

    deinit {
        events.deallocate()
    }

    /// The descriptor that another thread writes to in order to wake the selector.
    var wakeDescriptor: Int32 { wake.number }

    static func signal(_ wakeDescriptor: Int32) {
        var one: UInt64 = 1
        _ = systemCall(.write) { write(wakeDescriptor, &one, 8) }
    }

    static let canReportChanges = true

    func add(
        _ descriptor: Int32, _ interest: Readiness, _ registration: Registration, reportsChanges: Bool
    ) throws(SystemError) {
        let epoll = epoll.number
        let bits = Self.bits(interest, reportsChanges)
        try systemCall(.epollAdd, "epoll_ctl") { fl_epoll_add(epoll, descriptor, bits, registration.packed) }
    }

    func change(
        _ descriptor: Int32, from old: Readiness, to new: Readiness, _ registration: Registration, reportsChanges: Bool
    ) throws(SystemError) {
        let epoll = epoll.number
        let bits = Self.bits(new, reportsChanges)
        try systemCall(.epollModify, "epoll_ctl") { fl_epoll_modify(epoll, descriptor, bits, registration.packed) }
    }

    func remove(_ descriptor: Int32) {
        let epoll = epoll.number
        _ = systemCall(.epollRemove) { fl_epoll_remove(epoll, descriptor) }
    }

    /// Waits for events until a deadline.
    ///
    /// - Parameter deadline: The moment at which to return without events; `nil` waits on, the past does not wait.
    /// - Returns: How many events there are to be fetched by ``event(_:)``.
    /// - Throws: ``SystemError``, which proves a bug: waiting itself needs nothing that can run out.
    mutating func wait(until deadline: Timestamp?) throws(SystemError) -> Int {
        var wanted: Int64 = 0
        if let deadline { wanted = systemMoment(deadline) }
        if wanted != armedFor {
            let timer = timer.number
            // Setting a timer that has fired takes back its firing, so nobody need read it.
            try systemCall(.timerfdSet, "timerfd_settime") { fl_timerfd_set(timer, wanted) }
            armedFor = wanted
        }
        let epoll = epoll.number
        let events = events
        let count = try systemCall(.epollWait, "epoll_wait") {
            fl_epoll_wait(epoll, events, Int32(Self.capacity), 1)
        }
        wasSignaled = false
        var kept = 0
        var position = 0
        while position < Int(count) {
            let data = events[position].data
            if data == Self.timerMark {
                armedFor = -1
            } else if data == Self.wakeMark {
                drain(wake)
                wasSignaled = true
            } else {
                if kept != position { events[kept] = events[position] }
                kept += 1
            }
            position += 1
        }
        return kept
    }

    /// An event of the last wait.
    func event(_ position: Int) -> ReadyEvent {
        ReadyEvent(
            registration: Registration(packed: events[position].data),
            readiness: Self.readiness(events[position].events))
    }

    /// A deadline on the system's clock, where 0 would mean none.
    private func systemMoment(_ deadline: Timestamp) -> Int64 {
        let (moment, overflow) = deadline.nanoseconds.addingReportingOverflow(origin)
        // What lies behind the last moment of that clock never comes; wrapped around, it would always be due.
        return overflow ? .max : max(1, moment)
    }

    private func drain(_ descriptor: borrowing Descriptor) {
        var counter: UInt64 = 0
        let number = descriptor.number
        _ = systemCall(.read) { read(number, &counter, 8) }
    }

    private static func bits(_ interest: Readiness, _ reportsChanges: Bool) -> UInt32 {
        var bits: UInt32 = reportsChanges ? FL_EDGES | UInt32(FL_PEER_ENDED | FL_URGENT) : 0
        if interest.contains(.readable) { bits |= UInt32(FL_READABLE) }
        if interest.contains(.writable) { bits |= UInt32(FL_WRITABLE) }
        return bits
    }

    private static func readiness(_ bits: UInt32) -> Readiness {
        var readiness = Readiness.none
        if bits & UInt32(FL_READABLE) != 0 { readiness.insert(.readable) }
        if bits & UInt32(FL_WRITABLE) != 0 { readiness.insert(.writable) }
        if bits & UInt32(FL_PEER_ENDED) != 0 { readiness.insert(.ended) }
        if bits & UInt32(FL_URGENT) != 0 { readiness.insert(.urgent) }
        if bits & UInt32(FL_ERROR | FL_HANGUP) != 0 { readiness.insert(.hangup) }
        return readiness
    }
}
#endif
