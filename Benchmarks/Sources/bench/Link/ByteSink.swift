import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Clients that read what comes, on one thread, and note when.
final class ByteSink: Sendable {
    struct Read: Sendable {
        let moment: Int64
        let bytes: Int
        let client: Int
    }

    private let spent = Atomic<Int64>(0)

    /// Processor time of its thread so far, in nanoseconds.
    var processorTime: Int64 { spent.load(ordering: .relaxed) }

    /// Connects so many clients and reads for so long.
    ///
    /// - Returns: What was read, in order.
    func run(port: Int, clients: Int, nanoseconds: Int64) async -> [Read] {
        await withCheckedContinuation { continuation in
            onThread { [self] in continuation.resume(returning: collect(port, clients, nanoseconds)) }
        }
    }

    private func collect(_ port: Int, _ clients: Int, _ nanoseconds: Int64) -> [Read] {
        var reads: [Read] = []
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        let sockets = (0..<clients).compactMap { _ in PlainSocket.connected(to: port) }
        var polled = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        let end = Reading.now + nanoseconds
        while Reading.now < end {
            spent.store(Reading.ofThread, ordering: .relaxed)
            guard poll(&polled, nfds_t(polled.count), 100) > 0 else { continue }
            for (client, entry) in polled.enumerated() where entry.revents != 0 {
                let count = sockets[client].read(into: &buffer)
                if count > 0 { reads.append(Read(moment: Reading.now, bytes: count, client: client)) }
            }
        }
        spent.store(Reading.ofThread, ordering: .relaxed)
        return reads
    }
}
