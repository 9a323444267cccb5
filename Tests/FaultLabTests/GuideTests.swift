import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// The snippets of `Docs/experiments.md`: they compile as they stand there, and what they declare can be run.
@Suite struct GuideTests {
    private let client = Client()
    private let queue = Queue()
    private let fault = PodHTTPResetPeer(toxicity: 30)

    @Test func theFirstExperiment() async throws {
        let clock = SimulatedClock()
        let backend = RecordingBackend(clock: clock)
        let client = client
        let experiment = Experiment("prices survive resets") {
            SteadyState {
                Probe("price service answers") { try await client.get("/health").status == 200 }
            }
            Inject(PodHTTPResetPeer(toxicity: 30, resetTimeout: .milliseconds(20)))
            Workload(calls: 30, concurrency: 3, deadline: .seconds(5)) { call in
                _ = try await client.get("/price/\(call.number)")
            }
            Expect {
                FaultsInjected(atLeast: 9)
                EveryCallEnds(within: .seconds(5))
            }
        }
        let report = try await experiment.run(on: backend)
        print(TerminalReport(color: true).render(report))
        #expect(report.outcome == .violated)
        let rehearsal = try await experiment.rehearse(on: backend)
        print(rehearsal)
        #expect(rehearsal.duration == .seconds(6))
        try await withTemporaryFolder { folder in
            try await withWorkingJournal(in: folder, experiment, backend)
        }
    }

    /// The path of the guide is relative, and tests share one working directory; so this is compiled and not run.
    private func journal(_ experiment: Experiment, _ backend: RecordingBackend) async throws -> RunReport {
        let journaled = try await experiment.run(on: backend, journal: try JournalFile("run.journal"))
        return journaled
    }

    private func withWorkingJournal(
        in folder: TemporaryFolder, _ experiment: Experiment, _ backend: RecordingBackend
    ) async throws {
        let journal = try JournalFile(folder.path(of: "run.journal"))
        _ = try await experiment.run(on: backend, journal: journal)
        #expect(folder.text(of: "run.journal").contains("planned"))
    }

    @Test func phasesOfEveryKind() {
        let (client, queue, fault) = (client, queue, fault)
        let experiment = Experiment("all of it") {
            SteadyState {
                Probe(
                    "shop answers", mode: .continuous, timeout: .seconds(1), attempts: 2, interval: .milliseconds(100),
                    polling: .seconds(1), stopOnFailure: true
                ) { try await client.get("/health").status == 200 }
                Probe("queue is short", mode: .onChaos, asking: .queue(queue, shorterThan: 10))
            }
            BlastRadius(targets: 3, share: 50, duration: .seconds(7200), protecting: ["db-0"])
            StopWhen {
                ProbeFails("shop answers", times: 3)
                Violated(EveryCallEnds(within: .seconds(5)))
                Elapsed(.seconds(600))
            }
            for share in [10, 30] as [Percentage] {
                Inject(PodHTTPResetPeer(toxicity: share), as: FaultName("reset-\(share.value)"))
            }
            Inject("first-answer-cut", ResetDisruption(selection: .first(1), responsePrefix: 500))
            Inject(fault, as: "all-at-once", schedule: Schedule(for: .seconds(60), rampBefore: .seconds(10)))
            Inject(fault, as: "in-turn", schedule: Schedule(for: .seconds(360), order: .serial), weight: 5)
            Inject(
                fault, as: "flapping",
                schedule: Schedule(for: .seconds(60), repeating: .pulses(active: .seconds(2), dormant: .seconds(5))))
            Inject(fault, as: "as-documented", schedule: .documented)
            Serial {
                Inject(fault, as: "first", schedule: Schedule(for: .seconds(60)))
                Parallel {
                    Inject(fault, as: "second", schedule: Schedule(for: .seconds(60)))
                    Inject("third", ResetDisruption(), schedule: Schedule(for: .seconds(30)))
                }
            }
        }
        #expect(experiment.diagnose().isEmpty)
        #expect(experiment.injections.count == 10)
    }

    @Test func aRehearsalOnASimulatedClock() async throws {
        let fault = fault
        let experiment = Experiment("rehearsed") {
            Inject(fault)
            Hold(for: .seconds(3600))
            Expect { AllowNoEffect() }
        }
        let clock = SimulatedClock()
        let recording = RecordingBackend(clock: clock, targets: ["web-1", "web-2"]) { call in
            if call.operation == .undo { try await clock.sleep(for: .seconds(20)) }
        }
        let rehearsed = try await experiment.run(on: recording, clock: clock)
        #expect(rehearsed.outcome == .passed)
        #expect(clock.now.offset == .seconds(3640))
    }

    @Test func theCookbook() {
        let (client, fault) = (client, fault)
        let recipes = [
            Experiment("survives flapping") {
                StopWhen { Elapsed(.seconds(60)) }
                Inject(
                    fault,
                    schedule: Schedule(for: .seconds(30), repeating: .pulses(active: .seconds(1), dormant: .seconds(4)))
                )
                Workload(calls: 100, deadline: .seconds(40)) { call in _ = try await client.get("/price/\(call.number)")
                }
                Expect { EveryCallEnds(within: .seconds(2)) }
            },
            Experiment("orders over a narrow link") {
                Inject(
                    PodNetworkRateLimit(networkBandwidth: .megabits(1), burst: .kibibytes(8), limit: .kibibytes(256)))
                Workload(calls: 10, concurrency: 4) { call in _ = try await client.get("/orders/\(call.number)") }
                Expect {
                    EveryCallEnds(within: .seconds(10))
                    BytesDelayed(atLeast: 100_000)
                }
            },
            Experiment("one node less") {
                SteadyState {
                    Probe("shop answers", mode: .continuous) { try await client.get("/health").status == 200 }
                }
                BlastRadius(targets: 20, share: 100, duration: .seconds(7500), protecting: ["db-0"])
                StopWhen { ProbeFails("shop answers", times: 3) }
                Inject(fault, schedule: Schedule(for: .seconds(360), order: .serial, rampBefore: .seconds(60)))
            },
        ]
        #expect(recipes.allSatisfy { $0.diagnose().isEmpty })
    }

    /// Every snippet of the guide stands in this file, whatever its indentation and line breaks.
    @Test func everySnippetIsCompiledHere() throws {
        let tests = URL(fileURLWithPath: #filePath)
        let guide = tests.deletingLastPathComponent().appending(path: "../../Docs/experiments.md").standardized
        let compiled = letters(try String(contentsOf: tests, encoding: .utf8))
        let blocks = try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count >= 10)
        for block in blocks {
            let snippet = try #require(block.components(separatedBy: "```").first)
            #expect(compiled.contains(letters(snippet)), "\(snippet)")
        }
    }

    private func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}

struct Client: Sendable {
    func get(_ path: String) async throws -> (status: Int, body: String) { (200, path) }
}

struct Queue: Sendable {
    func depth() async throws -> Int { 3 }
}

extension ProbeQuestion {
    static func queue(_ queue: Queue, shorterThan limit: Int) -> ProbeQuestion {
        ProbeQuestion("the queue is shorter than \(limit)") {
            let depth = try await queue.depth()
            return depth < limit ? .yes("\(depth)") : .no("\(depth) messages wait")
        }
    }
}
