import FaultLab
import FaultLabTestSupport
import Foundation

/// An error with which a test leaves a lab.
struct Deliberate: Error {}

/// Runs a lab in front of a server of the test, which is kept that long.
func withLab<Result>(
    before upstream: some PortHolder, host: String = "127.0.0.1", faults: [any Fault] = [],
    _ body: (Lab) async throws -> Result
) async throws -> Result {
    defer { withExtendedLifetime(upstream) {} }
    return try await withLab(upstream: "\(host):\(upstream.port)", faults: faults, body)
}

extension Lab {
    /// Sends one GET through the lab on a connection of its own.
    func fetch(_ target: String = "/", timeout: Double = 30) async throws -> RawHTTPClient.Outcome {
        try await FaultLabTestSupport.fetch(target, port: port, timeout: timeout)
    }

    var facts: [Fact] { log.record.events.map(\.fact) }
}

extension EventLog {
    var notes: [String] {
        record.events.compactMap { if case .note(let text) = $0.fact { text } else { nil } }
    }
}

/// A call of a workload: one GET on a connection of its own that throws when the answer does not come whole.
func get(_ lab: Lab, _ target: String = "/") async throws {
    let outcome = try await lab.fetch(target)
    guard case .answered = outcome else { throw CallFailed(outcome: outcome) }
}

struct CallFailed: Error {
    let outcome: RawHTTPClient.Outcome
}

/// What the process holds at the moment.
struct Holdings: Equatable {
    let descriptors: Int
    let threads: Int

    #if os(Linux)
    static func count() throws -> Holdings {
        Holdings(
            descriptors: try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count,
            threads: try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count)
    }
    #endif
}
