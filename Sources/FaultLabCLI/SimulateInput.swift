import SocketIO

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// The file that `--packets` names, piece by piece.
struct SimulateInput: ~Copyable {
    /// What messages call it.
    let name: String
    private let descriptor: Descriptor
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)

    /// Opens a file.
    ///
    /// - Parameter path: Its path, or `-` for standard input.
    /// - Throws: ``SystemError`` when it cannot be read.
    init(_ path: String) throws(SystemError) {
        let attempt = "--packets \(Options.shown(path))"
        name = path == "-" ? "standard input" : Options.shown(path)
        descriptor = Descriptor(
            owning: try systemCall(.open, attempt) {
                path == "-" ? fcntl(0, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC)
            })
    }

    /// Reads the next bytes.
    ///
    /// - Parameter take: Is given the bytes.
    /// - Returns: Whether there were any; otherwise the file is at its end.
    /// - Throws: ``SystemError`` when the system refuses; what `take` throws.
    mutating func next(_ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor.number, $0.baseAddress, $0.count) }
            if count >= 0 {
                try buffer.withUnsafeBufferPointer { try take(UnsafeBufferPointer(rebasing: $0[..<count])) }
                return count > 0
            }
            let number = errno
            switch number {
            case EINTR: continue
            case EAGAIN:
                // Somebody who shares the terminal or the pipe has made it non-blocking.
                var wanted = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
                poll(&wanted, 1, -1)
            default: throw SystemError(attempt: "--packets \(name): read", number: number)
            }
        }
    }
}
