import SocketIO

/// Runs a loop for the length of one question.
///
/// A question owns nothing between two askings, so its loop may not outlive one. Starting and ending it takes about 0.1 ms,
/// and its thread may block, as it does for looking a name up, because nothing else waits on it.
///
/// - Parameter body: Asks the question.
/// - Returns: What the closure returns, when the thread has ended.
/// - Throws: `SystemError` when the system has no descriptor, memory or thread left, or what the closure throws.
func withProbeLoop<Result>(_ body: (EventLoop) async throws -> Result) async throws -> Result {
    let loop = try EventLoop(clock: MonotonicClock())
    do {
        let result = try await body(loop)
        await loop.end()
        return result
    } catch {
        await loop.end()
        throw error
    }
}
