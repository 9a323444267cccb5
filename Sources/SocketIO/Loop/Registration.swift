/// The registration of a descriptor with an event loop.
///
/// The number of the registration travels through the kernel with the descriptor: an event for a descriptor that was
/// closed and reused within one batch is recognized and dropped.
package struct Registration: Hashable, Sendable {
    let slot: UInt32
    let generation: UInt32

    var packed: UInt64 { UInt64(generation) << 32 | UInt64(slot) }

    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    init(packed: UInt64) {
        self.init(slot: UInt32(truncatingIfNeeded: packed), generation: UInt32(truncatingIfNeeded: packed >> 32))
    }
}

/// One event of a selector.
struct ReadyEvent {
    let registration: Registration
    let readiness: Readiness
}
