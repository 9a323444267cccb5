import Synchronization

/// Has system calls fail on purpose, so that a test can show what follows from each failure.
///
/// It concerns the whole process: a test that uses it runs in a process of its own.
package enum ForcedErrors {
    /// Decides about one call: the error number that it reports without being made, or nothing to make it.
    package typealias Plan = @Sendable (SystemCall) -> Int32?

    private static let isInForce = Atomic<Bool>(false)
    private static let plan = Mutex<Plan?>(nil)

    /// Puts a plan in force, or none.
    ///
    /// - Parameter plan: The plan; it is asked on every thread that makes a call.
    package static func install(_ plan: Plan?) {
        self.plan.withLock { $0 = plan }
        isInForce.store(plan != nil, ordering: .releasing)
    }

    static func next(for call: SystemCall) -> Int32? {
        // One load on the way of every call; nobody outside a test goes further.
        guard isInForce.load(ordering: .relaxed) else { return nil }
        return plan.withLock { $0 }?(call)
    }
}
