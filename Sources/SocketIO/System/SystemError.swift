#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// A refusal by the operating system: what was attempted, and its answer.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system call, with what it was applied to where that helps.
    public let attempt: String
    /// The error number.
    public let number: Int32

    /// Describes a refusal.
    ///
    /// - Parameters:
    ///   - attempt: The system call, with what it was applied to where that helps.
    ///   - number: The error number.
    public init(attempt: String, number: Int32) {
        self.attempt = attempt
        self.number = number
    }

    /// One line with the attempt, the system's words and the number.
    public var description: String {
        "\(attempt): \(String(cString: strerror(number))) (errno \(number))"
    }

    /// Whether the process or the system has no descriptor or memory left; trying again later may succeed.
    public var isExhaustion: Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number) }
    /// Whether the address is in use.
    public var isAddressInUse: Bool { number == EADDRINUSE }
    /// Whether the peer reset the connection.
    public var isConnectionReset: Bool { number == ECONNRESET || number == EPIPE }
}
