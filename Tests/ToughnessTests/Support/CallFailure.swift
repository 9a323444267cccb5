#if os(Linux)
import Glibc
import SocketIO
import Synchronization

/// Counts system calls, and has one of them fail.
final class CallFailure: Sendable {
    private struct State {
        var made: [SystemCall: Int] = [:]
        var hits = 0
    }

    private let state = Mutex(State())
    /// The call that fails, if one does.
    let call: SystemCall?
    private let number: Int32
    private let occurrence: Int
    private let precursor: Precursor?

    /// A failure without which another call is not made.
    typealias Precursor = (call: SystemCall, number: Int32)

    /// Lets every call be made.
    ///
    /// - Parameter precursor: What fails nevertheless, the first time it is made.
    init(behind precursor: Precursor? = nil) {
        call = nil
        number = 0
        occurrence = 0
        self.precursor = precursor
    }

    /// Has one call fail.
    ///
    /// - Parameters:
    ///   - call: Which call it is.
    ///   - number: The error number.
    ///   - occurrence: Which of these calls fails, from 1.
    ///   - precursor: What fails before, the first time it is made.
    init(_ call: SystemCall, with number: Int32, at occurrence: Int, behind precursor: Precursor? = nil) {
        self.call = call
        self.number = number
        self.occurrence = occurrence
        self.precursor = precursor
    }

    /// How often each call was made.
    var made: [SystemCall: Int] { state.withLock { $0.made } }
    /// Whether the call failed.
    var hasHit: Bool { state.withLock { $0.hits == 1 } }

    /// Puts it in force for the length of a closure.
    func during<Result>(_ body: () async throws -> Result) async throws -> Result {
        ForcedErrors.install { call in self.state.withLock { self.next(call, &$0) } }
        defer { ForcedErrors.install(nil) }
        return try await body()
    }

    private func next(_ call: SystemCall, _ state: inout State) -> Int32? {
        state.made[call, default: 0] += 1
        if let precursor, call == precursor.call, state.made[call] == 1 { return precursor.number }
        guard call == self.call, state.made[call] == occurrence else { return nil }
        state.hits += 1
        return number
    }
}
#endif
