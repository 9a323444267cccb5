import FaultLabTestSupport
import Foundation
import Testing

/// A proxy that is out of descriptors waits, says so, and goes on.
@Suite struct DescriptorExhaustionTests {
    // The lowest limit leaves the process an odd number less than the next, so that the last descriptor is once the
    // client's and once the upstream's.
    @Test(arguments: [48, 49, 50]) func clientsAreServedAgainWhenThereIsRoom(limit: Int) async throws {
        let server = RawServer.http()
        defer { withExtendedLifetime(server) {} }
        try await withTemporaryFolder { folder in
            let script = """
                ulimit -n \(limit)
                exec "$0" proxy --listen 127.0.0.1:0 --upstream 127.0.0.1:\(server.port) --events "$1"
                """
            let arguments = ["-c", script, try Faultlab.path, folder.path(of: "events")]
            try await withChild("/bin/sh", arguments) { child in
                let port = try await Faultlab.port(of: child)
                let early = try RawHTTPClient(port: port)
                let first = try await onThread { early.ask("/") }
                #expect(first.text == "xx")
                var clients = try (1...100).map { _ in try RawHTTPClient(port: port) }
                let hasPaused = try await eventually {
                    folder.text(of: "events").contains("\"accept:paused\"") ? true : nil
                }
                #expect(hasPaused == true)
                // Whoever was accepted is served meanwhile.
                let second = try await onThread { early.ask("/") }
                #expect(second.text == "xx")
                try await Task.sleep(for: .milliseconds(500))
                let pauses = folder.text(of: "events").split(separator: "\n").count { $0.contains("\"accept:paused\"") }
                // One for each thread, not one for each time it looks.
                #expect(pauses <= ProcessInfo.processInfo.processorCount + 2)
                #expect(clients.count == 100)
                clients = []
                for number in 1...10 {
                    let outcome = try await fetch("/\(number)", port: port)
                    #expect(outcome.text == "xx")
                }
                #expect(child.isRunning)
                child.send(SIGTERM)
                let ending = try #require(try await child.ending())
                #expect(ending.code == 0)
                #expect(ending.errors == "")
                #expect(ending.output.contains("out of descriptors: "))
                let events = folder.text(of: "events")
                #expect(events.contains("Too many open files"))
                #expect(events.contains("\"accept:resumed\""))
            }
        }
    }

    /// Running out again and again, while others come and go.
    @Test func everyRoundOfExhaustionEndsUnderLoad() async throws {
        let server = RawServer.http()
        defer { withExtendedLifetime(server) {} }
        try await withTemporaryFolder { folder in
            let script = """
                ulimit -n 64
                exec "$0" proxy --listen 127.0.0.1:0 --upstream 127.0.0.1:\(server.port) --events "$1"
                """
            let arguments = ["-c", script, try Faultlab.path, folder.path(of: "events")]
            try await withChild("/bin/sh", arguments) { child in
                let port = try await Faultlab.port(of: child)
                let isOver = Tally<Bool>()
                let outcomes = Tally<String?>()
                try await withThrowingTaskGroup { group in
                    for _ in 0..<2 {
                        group.addTask {
                            while isOver.count == 0 { outcomes.add(try await fetch("/", port: port).text) }
                        }
                    }
                    group.addTask {
                        defer { isOver.add(true) }
                        for round in 1...10 {
                            let clients = try (1...60).map { _ in try RawHTTPClient(port: port) }
                            let hasPaused = try await eventually {
                                folder.text(of: "events").components(separatedBy: "\"accept:paused\"").count > round
                                    ? true : nil
                            }
                            #expect(hasPaused == true, "round \(round)")
                            withExtendedLifetime(clients) {}
                        }
                    }
                    try await group.waitForAll()
                }
                // Whoever waited in the backlog was served in the end, and nobody was turned away.
                #expect(outcomes.count > 0)
                #expect(outcomes.entries.count { $0 != "xx" } == 0)
                let last = try await fetch("/", port: port)
                #expect(last.text == "xx")
                child.send(SIGTERM)
                let ending = try #require(try await child.ending())
                #expect(ending.code == 0)
                #expect(ending.errors == "")
            }
        }
    }
}
