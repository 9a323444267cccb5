import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// Journals and reports as other programs read them.
@Suite struct JournalFileTests {
    @Test func aJournalOnDiskTellsEveryRun() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path(of: "run.journal")
            try await withLab(serving: { _ in .ok() }) { lab in
                let experiment = Experiment("journaled") {
                    Inject("cut", ResetDisruption())
                    Workload { _ = try await lab.fetch("/") }
                }
                for _ in 1...2 { _ = try await experiment.run(on: lab, journal: try JournalFile(path)) }
            }
            let lines = folder.text(of: "run.journal").split(separator: "\n")
            #expect(lines.count == 14)
            #expect(lines.allSatisfy { $0.hasPrefix("{\"v\":1,\"entry\":\"") })
            #expect(lines.last == #"{"v":1,"entry":"ended","outcome":"passed"}"#)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func aJournalInAFolderThatIsMissingIsRefused() {
        #expect(throws: SystemError.self) { try JournalFile("/nowhere/at/all/run.journal") }
    }

    @Test(.requires("python3")) func pythonReadsReportAndJournal() async throws {
        let journal = MemoryJournal()
        let report = try await withLab(serving: { _ in .ok() }) { lab in
            try await Experiment("for \"Python\" \u{2028}") {
                SteadyState { Probe("is there", mode: .continuous, polling: .milliseconds(5)) { true } }
                Inject(
                    "cut", ResetDisruption(), schedule: Schedule(for: .milliseconds(30), rampAfter: .milliseconds(1)))
                Workload { _ = try await lab.fetch("/") }
                Expect { FaultsInjected(atLeast: 1) }
            }.run(on: lab, journal: journal)
        }
        let script = """
            import json, sys
            report = json.load(open(sys.argv[1], encoding='utf-8'))
            assert report['schema'] == 'faultlab.report' and report['version'] == 1
            assert report['outcome'] == 'passed' and report['exit_code'] == 0 and report['seed'] == '1'
            assert report['score']['value'] == 100 and 'stop' not in report
            assert [phase['phase'] for phase in report['phases']][-1] == 'evaluate'
            fault, = report['faults']
            target, = fault['targets']
            assert fault['injected'] and target['state'] == 'reverted' and target['injections'] == 1
            probe, = report['probes']
            assert probe['samples'] >= 1 and probe['failures'] == 0
            assert [verdict['outcome'] for verdict in report['verdicts']] == ['held', 'held']
            entries = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8')]
            print(' '.join(entry['entry'] for entry in entries))
            """
        try await withTemporaryFolder { folder in
            try folder.write(JSONReport().render(report), to: "report.json")
            try folder.write(journal.entries.flatMap(JournalLines.line), to: "journal.jsonl")
            let ending = try await run(
                try RealProgram.require("python3"),
                ["-I", "-B", "-c", script, folder.path(of: "report.json"), folder.path(of: "journal.jsonl")])
            #expect(
                ending.output == "planned armingUndo injecting injected undoing undone ended\n", "\(ending.errors)")
        }
    }
}
