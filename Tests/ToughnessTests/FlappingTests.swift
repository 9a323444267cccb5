#if os(Linux)
import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import Testing

/// An upstream that comes and goes under load.
@Suite struct FlappingTests {
    /// Connects; nothing, when the reset comes before the system has said that the connection stands.
    private static func connect(_ port: Int) throws -> RawSocket? {
        do {
            return try RawSocket(port: port, timeout: 15)
        } catch let error as POSIXError where error.code == .ECONNRESET {
            return nil
        }
    }

    @Test(arguments: [nil, sparing]) func everyClientEndsAndTheNextIsServed(fault: ResetDisruption?) async throws {
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx".utf8)
        let server = ComingAndGoingServer { socket in
            while case .bytes = socket.read() { guard socket.send(answer) == nil else { return } }
        }
        try await withProxy(before: server, arming: fault, capacity: nil) { proxy in
            let port = proxy.address.port
            let isOver = Tally<Bool>()
            let outcomes = Tally<RawSocket.Read>()
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await onThread {
                            while isOver.count == 0 {
                                guard let socket = try Self.connect(port) else {
                                    outcomes.add(.reset)
                                    continue
                                }
                                // Whoever is told of a reset by a write reads an end.
                                let refusal = socket.send("GET / HTTP/1.1\r\n\r\n")
                                outcomes.add(refusal == nil ? socket.read() : .reset)
                            }
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<20 {
                        server.leave()
                        try await Task.sleep(for: .milliseconds(30))
                        try await onThread { server.comeBack() }
                        // At once, not when some pause is over.
                        let isServed = try await onThread { try RawSocket(port: port).get() }
                        #expect(isServed)
                        try await Task.sleep(for: .milliseconds(30))
                    }
                    isOver.add(true)
                }
                try await group.waitForAll()
            }
            #expect(outcomes.entries.count { $0 == .bytes(answer) } > 0)
            #expect(outcomes.entries.count { $0 == .reset } > 0)
            let others = outcomes.entries.filter { $0 != .bytes(answer) && $0 != .reset }
            #expect(others == [])
            #expect(try await proxy.hasNoConnections())
            // Each client whose upstream was away is in the log, with the reason.
            let tally = proxy.log.tally
            #expect(tally.upstreamFailures > 0)
            #expect(tally.resets == 0, "a refusal is no injected fault")
        }
    }
}
#endif
