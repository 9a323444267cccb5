/// What a loop knows about each descriptor that it watches, by the number of its slot.
///
/// Memory of its own instead of an array: an event asks for its slot, and an array is slow to ask unoptimized.
struct SlotTable: ~Copyable {
    struct Slot {
        var generation: UInt32 = 1
        var descriptor: Int32 = -1
        var interest = Readiness.none
        /// What the system reports; for a registration for changes it may be more than is waited for.
        var reported = Readiness.none
        var reportsChanges = false
        var tag: UInt8 = 0
        var handler: (any LoopHandler)?
    }

    private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 64)
    private var capacity = 64
    private var count = 0
    private var free: [UInt32] = []

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    subscript(index: UInt32) -> Slot {
        _read {
            precondition(index < count, "an event for a slot that never was")
            yield slots[Int(index)]
        }
        _modify {
            precondition(index < count, "a change to a slot that never was")
            yield &slots[Int(index)]
        }
    }

    /// Takes a slot into use.
    mutating func take() -> UInt32 {
        if let index = free.popLast() { return index }
        if count == capacity { grow() }
        (slots + count).initialize(to: Slot())
        count += 1
        return UInt32(count - 1)
    }

    /// Gives a slot back; what is still reported for its old registration is recognized by the generation.
    mutating func giveBack(_ index: UInt32) {
        let generation = slots[Int(index)].generation
        slots[Int(index)] = Slot(generation: generation &+ 1)
        free.append(index)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: slots, count: count)
        slots.deallocate()
        slots = larger
        capacity *= 2
    }
}
