#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Glibc
import SocketIO
import Testing

/// A process that is stopped and goes on, as a machine that is suspended or a container that is paused.
@Suite struct StoppedProcessTests {
    @Test func pendingResetsAreSentLateAndNoneEarly() async {
        await #expect(processExitsWith: .success) {
            let count = 100
            let delay = Duration.milliseconds(500)
            try await withProxy(
                before: RawServer.http(), arming: ResetDisruption(delay: delay), capacity: nil
            ) { proxy in
                let port = proxy.address.port
                let sockets = try await onThread {
                    try (0..<count).map { _ in
                        let socket = try RawSocket(port: port)
                        socket.send("GET / HTTP/1.1\r\n\r\n")
                        return socket
                    }
                }
                let isPending = try await eventually { proxy.log.tally.requests == count ? true : nil }
                #expect(isPending == true)
                // Somebody else has to make it go on.
                let pause = Duration.milliseconds(1500)
                _ = try await run("/bin/sh", ["-c", "kill -STOP \(getpid()); sleep 1.5; kill -CONT \(getpid())"])
                let endings = try await onThread { sockets.map { $0.read() } }
                #expect(endings == Array(repeating: .reset, count: count))
                let records = proxy.log.record.events.compactMap { event -> ResetRecord? in
                    if case .resetSent(_, let record) = event.fact { record } else { nil }
                }
                #expect(records.count == count)
                #expect(records.allSatisfy { $0.lateness >= .zero })
                // Most of them came due while everything stood still.
                #expect(records.contains { $0.lateness > (pause - delay) / 2 })
                #expect(proxy.log.tally.cancelledResets == 0)
            }
        }
    }
}
#endif
