#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Clients that read what comes, on one thread, and note when.
struct ByteSink: Sendable {
    struct Read: Sendable {
        let moment: Int64
        let bytes: Int
        let client: Int
    }

    /// What was read, in order.
    private(set) var reads: [Read] = []
    /// Processor time of the thread, in nanoseconds.
    private(set) var processorTime: Int64 = 0

    /// Connects so many clients and reads for so long.
    static func run(port: Int, clients: Int, nanoseconds: Int64) async -> ByteSink {
        await withCheckedContinuation { continuation in
            onThread { continuation.resume(returning: collect(port, clients, nanoseconds)) }
        }
    }

    private static func collect(_ port: Int, _ clients: Int, _ nanoseconds: Int64) -> ByteSink {
        var sink = ByteSink()
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        let sockets = (0..<clients).compactMap { _ in PlainSocket.connected(to: port) }
        var polled = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        let before = Reading.ofThread
        let end = Reading.now + nanoseconds
        while Reading.now < end {
            guard poll(&polled, nfds_t(polled.count), 10) > 0 else { continue }
            for (client, entry) in polled.enumerated() where entry.revents != 0 {
                let count = sockets[client].read(into: &buffer)
                if count > 0 { sink.reads.append(Read(moment: Reading.now, bytes: count, client: client)) }
            }
        }
        sink.processorTime = Reading.ofThread - before
        return sink
    }
}
