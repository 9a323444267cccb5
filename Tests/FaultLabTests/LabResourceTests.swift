#if os(Linux)
import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// A lab gives back what it took, whatever ends it.
///
/// Counted in a process of its own, where no other test opens anything.
@Suite struct LabResourceTests {
    enum End: String, CaseIterable, Codable, Sendable {
        case success, error, cancellation, invalidFault, openConnection, cancelledProbe
    }

    @Test(arguments: End.allCases)
    func nothingIsLeftBehind(end: End) async {
        await #expect(processExitsWith: .success) { [end = end as End] in
            // The first lab makes the runtime start what it keeps for good.
            try await Self.lab(endingWith: end)
            let before = try Holdings.count()
            for _ in 0..<10 { try await Self.lab(endingWith: end) }
            var after = try Holdings.count()
            // What ten labs leak is at least ten. Less is not theirs: clients and threads are gone a moment after they
            // said that they end, and the runtime adds threads and timers when it likes.
            let slack = 5
            for _ in 0..<400 {
                guard after.descriptors > before.descriptors + slack || after.threads > before.threads + slack else {
                    break
                }
                try await Task.sleep(for: .milliseconds(5))
                after = try Holdings.count()
            }
            #expect(after.descriptors <= before.descriptors + slack, "\(before), \(after)")
            #expect(after.threads <= before.threads + slack, "\(before), \(after)")
        }
    }

    private static func lab(endingWith end: End) async throws {
        let serving: HTTPStub.Handler = { $0.target == "/slow" ? .ok(after: .seconds(60)) : .ok() }
        switch end {
        case .success:
            try await withLab(serving: serving) { lab in _ = try await lab.fetch() }
        case .error:
            await #expect(throws: Deliberate.self) {
                try await withLab(serving: serving) { lab in
                    _ = try await lab.fetch()
                    throw Deliberate()
                }
            }
        case .cancellation:
            let hasStarted = Tally<Bool>()
            let task = Task {
                try await withLab(serving: serving) { lab in
                    _ = try await lab.fetch()
                    hasStarted.add(true)
                    try await Task.sleep(for: .seconds(60))
                }
            }
            _ = try await eventually { hasStarted.count > 0 ? true : nil }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        case .invalidFault:
            await #expect(throws: InvalidFault.self) {
                try await withLab(serving: serving, faults: [PodHTTPResetPeer(resetTimeout: .seconds(-1))]) { _ in }
            }
        case .openConnection:
            try await withLab(serving: serving) { lab in
                let client = try RawHTTPClient(port: lab.port)
                client.send("GET", "/slow")
                _ = try await eventually { lab.log.tally.requests == 1 ? true : nil }
            }
        case .cancelledProbe:
            let hasStarted = Tally<Bool>()
            let task = Task {
                try await withLab(serving: serving) { lab in
                    hasStarted.add(true)
                    return try await lab.run(
                        Experiment("asks a slow upstream") {
                            SteadyState { lab.probe("is slow", get: "/slow", timeout: .seconds(30)) }
                            Inject(PodHTTPResetPeer())
                            Hold(for: .seconds(30))
                            Expect { AllowNoEffect() }
                        })
                }
            }
            _ = try await eventually { hasStarted.count > 0 ? true : nil }
            try await Task.sleep(for: .milliseconds(30))
            task.cancel()
            #expect(try await task.value.outcome == .stopped)
        }
    }
}
#endif
