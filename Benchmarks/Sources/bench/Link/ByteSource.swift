import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A server that sends to everybody who connects as much as they take, or nothing at all.
final class ByteSource: Sendable {
    let port: Int
    private let isOver = Atomic<Bool>(false)
    private let spent = Atomic<Int64>(0)

    /// Processor time of its thread so far, in nanoseconds.
    var processorTime: Int64 { spent.load(ordering: .relaxed) }

    init?(isSilent: Bool = false) {
        guard let listener = PlainSocket.listening() else { return nil }
        port = listener.port
        onThread { [self] in serve(listener, isSilent: isSilent) }
    }

    func end() { isOver.store(true, ordering: .relaxed) }

    private func serve(_ listener: PlainSocket, isSilent: Bool) {
        let chunk = [UInt8](repeating: 0, count: 64 * 1024)
        var clients: [PlainSocket] = []
        var polled = [pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)]
        while !isOver.load(ordering: .relaxed) {
            spent.store(Reading.ofThread, ordering: .relaxed)
            guard poll(&polled, nfds_t(polled.count), 100) > 0 else { continue }
            for (client, entry) in zip(clients, polled.dropFirst()) where entry.revents & Int16(POLLOUT) != 0 {
                client.sendSome(chunk)
            }
            while let client = listener.accepted() {
                client.limitSendBuffer(to: 64 * 1024)
                clients.append(client)
                polled.append(pollfd(fd: client.descriptor, events: isSilent ? 0 : Int16(POLLOUT), revents: 0))
            }
        }
    }
}

/// Runs work on a thread of its own.
func onThread(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(WorkBox(work))
    #if canImport(Darwin)
    var thread: pthread_t?
    #else
    var thread = pthread_t()
    #endif
    pthread_create(
        &thread, nil,
        { argument in
            #if canImport(Darwin)
            let work = Unmanaged<WorkBox>.fromOpaque(argument).takeRetainedValue()
            #else
            guard let argument else { return nil }
            let work = Unmanaged<WorkBox>.fromOpaque(argument).takeRetainedValue()
            #endif
            work.body()
            return nil
        }, box.toOpaque())
}

private final class WorkBox: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
