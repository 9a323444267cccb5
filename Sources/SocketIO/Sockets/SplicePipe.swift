#if os(Linux) || os(Android)
import CFaultLabShims
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// A pipe through which bytes pass from one socket to another without leaving the system.
///
/// What is in it has been taken from one socket and not yet by the other. Only Linux has it; elsewhere none can be made.
/// Confined to the thread of its loop.
package final class SplicePipe {
    private let source: Descriptor
    private let sink: Descriptor
    /// Bytes in the pipe.
    package private(set) var count = 0

    /// Bytes that a pipe takes, so far as the system allows.
    package static let capacity: Int = 256 * 1024

    /// Makes an empty pipe.
    ///
    /// - Throws: ``SystemError`` when there is no descriptor left, or no such thing.
    init() throws(SystemError) {
        #if os(Linux) || os(Android)
        var ends: (Int32, Int32) = (-1, -1)
        _ = try withUnsafeMutablePointer(to: &ends) { pointer throws(SystemError) in
            try pointer.withMemoryRebound(to: Int32.self, capacity: 2) { pointer throws(SystemError) in
                try systemCall(.pipe, "pipe2") { fl_splice_pipe(pointer, Int32(Self.capacity)) }
            }
        }
        source = Descriptor(owning: ends.0)
        sink = Descriptor(owning: ends.1)
        try DescriptorRoom.check(behind: ends.1)
        #else
        throw SystemError(attempt: "splice", number: ENOSYS)
        #endif
    }

    /// Takes bytes from a socket.
    ///
    /// - Parameters:
    ///   - descriptor: The socket.
    ///   - most: The most bytes to take.
    /// - Returns: The count of bytes; 0 at the end of the stream, and where the system cannot move any, so that reading has
    ///   to show what there is. A failure is one of the connection.
    func fill(from descriptor: borrowing Descriptor, _ most: Int) -> SystemAnswer {
        let answer = Self.move(descriptor.number, sink.number, most)
        switch answer {
        case .value(let moved): count += moved
        case .failed(EINVAL), .failed(ENOSYS), .failed(EPERM), .failed(ENOMEM): return .value(0)
        case .failed, .wouldBlock: break
        }
        return answer
    }

    /// Gives bytes to a socket.
    ///
    /// - Parameters:
    ///   - descriptor: The socket.
    ///   - most: The most bytes to give, at most ``count``.
    /// - Returns: The count of bytes.
    func drain(to descriptor: borrowing Descriptor, _ most: Int) -> SystemAnswer {
        let answer = Self.move(source.number, descriptor.number, most)
        if case .value(let moved) = answer { count -= moved }
        return answer
    }

    /// Takes bytes out into memory.
    ///
    /// - Parameter buffer: Where they go.
    /// - Returns: The count of bytes.
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard case .value(let taken) = source.read(into: buffer) else { return 0 }
        count -= taken
        return taken
    }

    private static func move(_ from: Int32, _ to: Int32, _ most: Int) -> SystemAnswer {
        #if os(Linux) || os(Android)
        systemCall(.splice) { fl_splice(from, to, most) }
        #else
        .failed(ENOSYS)
        #endif
    }
}

/// The pipes of a loop that nobody uses, for the next who moves many bytes.
struct SplicePipes {
    private var idle: [SplicePipe] = []

    /// Pipes that are kept; each takes two descriptors.
    private static let mostIdle = 4

    mutating func take() throws(SystemError) -> SplicePipe {
        if let pipe = idle.popLast() { return pipe }
        return try SplicePipe()
    }

    mutating func giveBack(_ pipe: SplicePipe) {
        if pipe.count == 0, idle.count < Self.mostIdle { idle.append(pipe) }
    }
}
