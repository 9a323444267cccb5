#if os(Linux)
import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// A question gives back what it took.
///
/// Counted in a process of its own, where no other test opens anything.
@Suite struct ProbeResourceTests {
    enum Question: String, CaseIterable, Codable, Sendable {
        case http, httpRefused, httpCancelled, tcp, command, commandMissing, commandCancelled

        var times: Int {
            switch self {
            case .http, .httpRefused, .tcp: 1000
            case .httpCancelled, .command, .commandMissing, .commandCancelled: 100
            }
        }
    }

    @Test(arguments: Question.allCases) func nothingIsLeftBehind(question: Question) async {
        await #expect(processExitsWith: .success) { [question = question as Question] in
            // It refuses, or it lets its system accept and says nothing.
            let nobody = BoundSocket(listening: question == .httpCancelled, backlog: 1024)
            try await withHTTPStub({ _ in .ok() }) { stub in
                // The first ones make the runtime start what it keeps for good.
                for _ in 0..<5 { await Self.ask(question, stub, nobody) }
                let before = try Holdings.count()
                for _ in 0..<question.times { await Self.ask(question, stub, nobody) }
                // Threads are gone a moment after they said that they end, and the runtime adds some when it likes.
                let slack = 5
                let isClean = try await eventually { () -> Bool? in
                    guard let after = try? Holdings.count() else { return nil }
                    let isClean =
                        after.descriptors <= before.descriptors + slack && after.threads <= before.threads + slack
                    return isClean ? true : nil
                }
                let after = try Holdings.count()
                #expect(isClean == true, "\(before), \(after)")
                #expect(Self.zombies == [])
            }
        }
    }

    private static func ask(_ question: Question, _ stub: HTTPStub, _ nobody: BoundSocket) async {
        switch question {
        case .http: await expect(true, .http(get: "http://\(stub.address)/", body: .equal(to: "ok")))
        case .httpRefused: await expect(false, .http(get: "http://127.0.0.1:\(nobody.port)/"))
        case .httpCancelled: await cancel(.http(get: "http://127.0.0.1:\(nobody.port)/"))
        case .tcp: await expect(true, .tcp(connect: "\(stub.address)"))
        case .command: await expect(true, .command(["echo", "ok"], output: .equal(to: "ok")))
        case .commandMissing: await expect(false, .command(["no-such-program-anywhere"]))
        case .commandCancelled: await cancel(.command(["sleep", "1000"]))
        }
    }

    private static func expect(_ passes: Bool, _ question: ProbeQuestion) async {
        let answer = try? await question.ask()
        #expect(answer?.passed == passes, "\(String(describing: answer))")
    }

    private static func cancel(_ question: ProbeQuestion) async {
        let task = Task { try await question.ask() }
        try? await Task.sleep(for: .milliseconds(5))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Children of this process that have ended and were not reaped.
    ///
    /// Those that run may be none of ours: a sanitizer has a child that looks names up.
    private static var zombies: [Substring] {
        let list = "/proc/self/task/\(ProcessInfo.processInfo.processIdentifier)/children"
        let children = (try? String(contentsOfFile: list, encoding: .utf8))?.split(separator: " ") ?? []
        return children.filter { child in
            let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
            return state?.contains(") Z ") == true
        }
    }
}
#endif
