#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// The system calls that the library makes, named for whoever has one fail on purpose.
package enum SystemCall: UInt8, CaseIterable, Sendable {
    // Sockets.
    case socket, bind, listen, accept, connect, shutdown
    case getsockname, getsockopt, setsockopt
    // Bytes.
    case recv, send, splice, read, write, pipe
    // Waiting.
    case epollCreate, epollAdd, epollModify, epollRemove, epollWait, eventfd, timerfd, timerfdSet, kqueue, kevent
    // Descriptors, files and processes.
    case fcntl, open, fsync, access, rename, kill, wait
}

/// The answer of a system call on a non-blocking descriptor.
package enum SystemAnswer {
    /// It succeeded.
    case value(Int)
    /// It would have to wait.
    case wouldBlock
    /// It failed.
    case failed(Int32)
}

// Every system call that can fail in a way that matters passes one of the two functions below: an interrupted call is
// repeated, and errno is read at once, before any release of an object can overwrite it. There are two, and neither is
// generic, because test suites run them unoptimized, where a generic one costs as much as a short call itself.

/// Makes a system call that answers with a count.
///
/// - Parameters:
///   - name: Which call it is.
///   - call: The call; a negative result means that errno holds the reason.
/// - Returns: What the system answered.
package func systemCall(_ name: SystemCall, _ call: () -> Int) -> SystemAnswer {
    while true {
        if let number = ForcedErrors.next(for: name) {
            if number != EINTR { return refusal(number) }
            continue
        }
        let result = call()
        if result >= 0 { return .value(result) }
        let number = errno
        if number != EINTR { return refusal(number) }
    }
}

/// Makes a system call that answers with a descriptor or a status.
///
/// - Parameters:
///   - name: Which call it is.
///   - call: The call; a negative result means that errno holds the reason.
/// - Returns: What the system answered.
package func systemCall(_ name: SystemCall, _ call: () -> Int32) -> SystemAnswer {
    while true {
        if let number = ForcedErrors.next(for: name) {
            if number != EINTR { return refusal(number) }
            continue
        }
        let result = call()
        if result >= 0 { return .value(Int(result)) }
        let number = errno
        if number != EINTR { return refusal(number) }
    }
}

private func refusal(_ number: Int32) -> SystemAnswer {
    switch number {
    case EAGAIN: return .wouldBlock
    case EBADF, EFAULT:
        // Either proves that a descriptor or buffer was used after its end; going on could hit a stranger's file.
        preconditionFailure("a system call on a descriptor or address that is not ours (errno \(number))")
    default: return .failed(number)
    }
}

/// Makes a system call that does not wait and answers with a count.
///
/// - Parameters:
///   - name: Which call it is.
///   - attempt: What is attempted, for the error.
///   - call: The call; a negative result means that errno holds the reason.
/// - Returns: The result of the call.
/// - Throws: ``SystemError`` with the attempt and the reason.
@discardableResult
package func systemCall(
    _ name: SystemCall, _ attempt: @autoclosure () -> String, _ call: () -> Int
) throws(SystemError) -> Int {
    switch systemCall(name, call) {
    case .value(let value): return value
    case .wouldBlock: throw SystemError(attempt: attempt(), number: EAGAIN)
    case .failed(let number): throw SystemError(attempt: attempt(), number: number)
    }
}

/// Makes a system call that does not wait and answers with a descriptor or a status.
///
/// - Parameters:
///   - name: Which call it is.
///   - attempt: What is attempted, for the error.
///   - call: The call; a negative result means that errno holds the reason.
/// - Returns: The result of the call.
/// - Throws: ``SystemError`` with the attempt and the reason.
@discardableResult
package func systemCall(
    _ name: SystemCall, _ attempt: @autoclosure () -> String, _ call: () -> Int32
) throws(SystemError) -> Int32 {
    switch systemCall(name, call) {
    case .value(let value): return Int32(truncatingIfNeeded: value)
    case .wouldBlock: throw SystemError(attempt: attempt(), number: EAGAIN)
    case .failed(let number): throw SystemError(attempt: attempt(), number: number)
    }
}
