import Dispatch
import Synchronization

/// Runs asynchronous work and waits for it on this thread.
///
/// The main thread stays what it is: processes that it starts end when it does, and a main function that is asynchronous
/// may give it up.
func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
    let result = Outcome<Value>()
    let isOver = DispatchSemaphore(value: 0)
    Task {
        do {
            let value = try await work()
            result.slot.withLock { $0 = .success(value) }
        } catch {
            result.slot.withLock { $0 = .failure(error) }
        }
        isOver.signal()
    }
    isOver.wait()
    guard let outcome = result.slot.withLock({ $0 }) else { preconditionFailure("the work ended without an outcome") }
    return try outcome.get()
}

private final class Outcome<Value: Sendable>: Sendable {
    let slot = Mutex<Result<Value, any Error>?>(nil)
}
