import FaultLabTestSupport
import Foundation
import Testing

/// How `faultlab proxy` begins and ends: the contract of scripts.
@Suite struct ProxyEndingTests {
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsItWithASummary(signal: Int32) async throws {
        let server = RawServer.http()
        try await Faultlab.withProxy(upstream: server, ["--fault", "pod-http-reset-peer"]) { proxy in
            let outcome = try await fetch("/", port: proxy.port)
            #expect(outcome == .ended(.reset))
            let ending = try #require(try await proxy.interrupt(signal))
            #expect(ending.code == 0)
            let plan = "reset every request, as soon as the request was received; armed now, until the proxy ends"
            #expect(ending.errors == "pod-http-reset-peer: \(plan)\n")
            let lines = ending.output.split(separator: "\n")
            #expect(lines.first == "listening on 127.0.0.1:\(proxy.port)")
            #expect(lines.contains("connections 1, requests 1, answered 0, reset 1"))
            #expect(lines.contains("pod-http-reset-peer: picked 1, spared 0, reset 1, cancelled 0"))
            #expect(lines.last == "seed 1")
        }
    }

    @Test func aDurationEndsItByItself() async throws {
        let server = RawServer.http()
        try await Faultlab.withProxy(upstream: server, ["--duration", "0.3"]) { proxy in
            let ending = try #require(try await proxy.child.ending())
            #expect(ending.code == 0)
            #expect(ending.output.hasSuffix("seed 1\n"))
        }
    }

    @Test func aSignalComesBeforeTheEndOfALongDuration() async throws {
        let server = RawServer.http()
        try await Faultlab.withProxy(upstream: server, ["--duration", "600"]) { proxy in
            let ending = try await proxy.interrupt()
            #expect(ending?.code == 0)
        }
    }

    @Test func anOpenConnectionDoesNotHoldUpTheEnd() async throws {
        let server = RawServer.silent()
        try await Faultlab.withProxy(upstream: server) { proxy in
            let client = try RawHTTPClient(port: proxy.port)
            client.send("GET", "/")
            // Whoever still waits to be accepted is refused instead.
            _ = try await eventually { server.bytes().isEmpty ? nil : true }
            let ending = try #require(try await proxy.interrupt())
            #expect(ending.code == 0)
            let read = try await onThread { client.socket.read() }
            #expect(read == .end)
        }
    }

    @Test func aReaderThatOnlyWantsTheFirstLineDoesNotKillIt() async throws {
        let server = RawServer.http()
        let script = """
            { "$0" proxy --listen 127.0.0.1:0 --upstream 127.0.0.1:\(server.port) --duration 0.5; echo "code $?" >&2; } \
            | head -n 1
            """
        defer { withExtendedLifetime(server) {} }
        let ending = try await run("/bin/sh", ["-c", script, try Faultlab.path])
        #expect(ending.output.hasPrefix("listening on 127.0.0.1:"))
        #expect(ending.output.split(separator: "\n").count == 1)
        #expect(ending.errors == "code 0\n")
    }

    @Test(arguments: [["proxy", "--help"], ["--help"], ["-h"], ["help"]])
    func helpIsPrintedForWhoAsksForIt(words: [String]) async throws {
        let ending = try await run(try Faultlab.path, words)
        #expect(ending.code == 0)
        #expect(ending.output.hasPrefix(words[0] == "proxy" ? "usage: faultlab proxy" : "usage: faultlab faults"))
        #expect(ending.output.contains("faultlab proxy --listen HOST:PORT --upstream HOST:PORT"))
        #expect(ending.errors == "")
    }
}
