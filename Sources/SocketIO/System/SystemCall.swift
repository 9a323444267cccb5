#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// The answer of a system call on a non-blocking descriptor.
package enum SystemAnswer<Value: BinaryInteger> {
    /// It succeeded.
    case value(Value)
    /// It would have to wait.
    case wouldBlock
    /// It failed.
    case failed(Int32)
}

/// Makes every system call of the library: an interrupted call is repeated, and errno is read at once, before any
/// release of an object can overwrite it.
///
/// - Parameter call: The call; a negative result means that errno holds the reason.
/// - Returns: What the system answered.
package func systemCall<Value: SignedInteger>(_ call: () -> Value) -> SystemAnswer<Value> {
    while true {
        let result = call()
        if result >= 0 { return .value(result) }
        let number = errno
        switch number {
        case EINTR: continue
        case EAGAIN: return .wouldBlock
        case EBADF, EFAULT:
            // Either proves that a descriptor or buffer was used after its end; going on could hit a stranger's file.
            preconditionFailure("a system call on a descriptor or address that is not ours (errno \(number))")
        default: return .failed(number)
        }
    }
}

/// Makes a system call that does not wait.
///
/// - Parameters:
///   - attempt: What is attempted, for the error.
///   - call: The call; a negative result means that errno holds the reason.
/// - Returns: The result of the call.
/// - Throws: ``SystemError`` with the attempt and the reason.
@discardableResult
package func systemCall<Value: SignedInteger>(
    _ attempt: @autoclosure () -> String, _ call: () -> Value
) throws(SystemError) -> Value {
    switch systemCall(call) {
    case .value(let value): return value
    case .wouldBlock: throw SystemError(attempt: attempt(), number: EAGAIN)
    case .failed(let number): throw SystemError(attempt: attempt(), number: number)
    }
}
