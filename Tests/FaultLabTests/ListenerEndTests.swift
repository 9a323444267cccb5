#if os(Linux)
import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// Nobody is served after the end.
///
/// Linux gives every test a loopback address of its own, so no other test can have taken the port meanwhile.
@Suite struct ListenerEndTests {
    enum End: CaseIterable, Sendable {
        case success, error, cancellation
    }

    @Test(arguments: End.allCases, [1, 2]) func thePortRefusesAfterwards(end: End, threads: Int) async throws {
        let host = "127.0.7.\(threads + 10 * (End.allCases.firstIndex(of: end) ?? 0))"
        let ports = Tally<Int>()
        let task = Task {
            try await withHTTPStub({ _ in .ok() }) { stub in
                let clock = MonotonicClock()
                let configuration = Proxy.Configuration(
                    listen: try TCPAddress(parsing: "\(host):0"), upstream: stub.address, threads: threads)
                try await Proxy.withProxy(configuration, log: EventLog { clock.now }, clock: clock) { proxy in
                    let client = try RawSocket(host: host, port: proxy.address.port)
                    client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                    let answer = try await onThread { client.read() }
                    #expect(answer != .end)
                    ports.add(proxy.address.port)
                    switch end {
                    case .success: return
                    case .error: throw Deliberate()
                    case .cancellation: try await Task.sleep(for: .seconds(60))
                    }
                }
            }
        }
        let port = try #require(try await eventually { ports.entries.first })
        if end == .cancellation { task.cancel() }
        switch (end, await task.result) {
        case (.success, .success): break
        case (.error, .failure(let error)): #expect(error is Deliberate)
        case (.cancellation, .failure(let error)): #expect(error is CancellationError)
        case (_, let result): Issue.record("\(end) gave \(result)")
        }
        #expect {
            try RawSocket(host: host, port: port)
        } throws: { error in
            (error as? POSIXError)?.code == .ECONNREFUSED
        }
    }
}
#endif
