import Evidence
import FaultModel
import Synchronization

@testable import Experiments

/// An error with a text, for whatever has to fail.
struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String = "broken") { self.description = description }
}

/// An expectation with a verdict that is known in advance.
struct Foretold: RunExpectation {
    let outcome: Verdict.Outcome

    func evaluate(_ record: EventRecord) -> Verdict {
        Verdict(expectation: "foretold to be \(outcome)", outcome: outcome, explanation: "so it was written")
    }
}

/// The lines at which something was written, for comparison with what a diagnostic says.
func line(_ line: Int = #line) -> Int { line }

/// Holds a task that can be cancelled from inside its own work.
final class Leash: Sendable {
    private struct State {
        var task: Task<RunReport, any Error>?
        var waiting: CheckedContinuation<Void, Never>?
    }
    private let state = Mutex(State())

    func hold(_ task: Task<RunReport, any Error>) {
        state.withLock { state in
            state.task = task
            return state.waiting.take()
        }?.resume()
    }

    /// Waits until the task is held; work that began before could be over when it is to be cancelled.
    func untilHeld() async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.task == nil { state.waiting = continuation }
                return state.task != nil
            }
            if isHeld { continuation.resume() }
        }
    }

    func pull() {
        state.withLock { $0.task }?.cancel()
    }
}

/// Something that never answers and cannot be cancelled, until it is let go.
final class Deaf: Sendable {
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    func wait() async {
        await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
    }

    func letGo() {
        for continuation in waiting.withLock({ $0 }) { continuation.resume() }
    }
}

/// Lines that several tasks write.
final class Notebook: Sendable {
    private let written = Mutex<[String]>([])
    var lines: [String] { written.withLock { $0 } }
    func write(_ line: String) { written.withLock { $0.append(line) } }
}

extension RunReport {
    var facts: [Fact] { record.events.map(\.fact) }
    var outcomes: [CallOutcome] {
        facts.compactMap { fact in
            guard case .callEnded(_, let outcome) = fact else { return nil }
            return outcome
        }
    }
}

extension RecordingBackend {
    var operations: [String] { calls.map(\.description) }
}

/// A small valid experiment with two faults.
func twoFaults(
    expecting outcome: Verdict.Outcome = .held, probe: @escaping @Sendable () async throws -> Bool = { true },
    call: @escaping @Sendable (Call) async throws -> Void = { _ in }
) -> Experiment {
    Experiment("two faults") {
        SteadyState { Probe("is well", probe) }
        Inject("first", ResetDisruption(selection: .first(1)))
        Inject("second", ResetDisruption(selection: .first(2)))
        Workload(calls: 2, call)
        Expect { Foretold(outcome: outcome) }
    }
}
