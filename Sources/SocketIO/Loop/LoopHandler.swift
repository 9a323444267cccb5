/// Something that a loop tells about its descriptors.
///
/// An object rather than a closure: a connection has two descriptors, and closures that hold it weakly cost a side table,
/// two contexts and an atomic detour for every event.
package protocol LoopHandler: AnyObject {
    /// A descriptor is ready.
    ///
    /// - Parameters:
    ///   - tag: The number that the descriptor was registered under, to tell it from others of the same owner.
    ///   - readiness: What it is ready for.
    ///   - context: The loop.
    func isReady(_ tag: UInt8, _ readiness: Readiness, _ context: LoopContext)
}

/// A handler for who has one descriptor and no hurry.
final class ClosureHandler: LoopHandler {
    private let body: (LoopContext, Readiness) -> Void

    init(_ body: @escaping (LoopContext, Readiness) -> Void) {
        self.body = body
    }

    func isReady(_ tag: UInt8, _ readiness: Readiness, _ context: LoopContext) {
        body(context, readiness)
    }
}
