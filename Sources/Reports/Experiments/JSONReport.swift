import Evidence
public import Experiments
import FaultModel

/// A run as one JSON object, for programs.
///
/// `Docs/run-report.md` is the reference of the schema. The events are not in it: ``JSONLines`` writes those.
///
/// ```swift
/// let bytes = JSONReport().render(report)
/// ```
public struct JSONReport: Hashable, Sendable {
    /// The name of the schema.
    public static let schema = "faultlab.report"
    /// The version of the schema; it changes when a reader of the old one would misread the new one.
    public static let version = 1

    /// Configures the rendering.
    public init() {}

    /// Renders a run.
    ///
    /// - Parameter report: What the run found out.
    /// - Returns: One line in UTF-8, with its line feed.
    public func render(_ report: RunReport) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("schema", Self.schema)
            object.member("version", Int64(Self.version))
            object.member("experiment", report.experiment)
            object.member("place", report.place.description)
            object.member("outcome", report.outcome.description)
            object.member("exit_code", Int64(report.outcome.exitCode))
            // As text: a reader that uses floating point would change a seed beyond 2^53.
            object.member("seed", String(report.seed))
            object.key("score")
            write(report.score, to: &object)
            if let stop = report.stop {
                object.key("stop")
                write(stop, to: &object)
            }
            list("phases", report.phases, to: &object, write)
            list("faults", report.faults, to: &object) { fault, member in write(fault, of: report, to: &member) }
            list("probes", report.probes, to: &object, write)
            list("verdicts", report.verdicts, to: &object, write)
            object.member("warnings", report.warnings)
            list("problems", report.problems, to: &object, write)
        }
        writer.newline()
        return writer.bytes
    }

    private func list<Element>(
        _ name: String, _ elements: [Element], to writer: inout JSONWriter,
        _ write: (Element, inout JSONWriter) -> Void
    ) {
        writer.key(name)
        writer.array { array in
            for element in elements { write(element, &array) }
        }
    }

    private func write(_ score: ResilienceScore, to writer: inout JSONWriter) {
        writer.object { object in
            if let value = score.value { object.member("value", Int64(value)) }
            object.member("reason", score.reason)
        }
    }

    private func write(_ stop: RunStop, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("cause", stop.cause.description)
            object.member("reason", stop.reason)
            if let place = stop.place { object.member("place", place.description) }
            object.member("t", stop.time.nanoseconds)
        }
    }

    private func write(_ span: PhaseSpan, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("phase", span.phase.rawValue)
            object.member("start", span.start.nanoseconds)
            object.member("end", span.end.nanoseconds)
        }
    }

    private func write(_ fault: FaultReport, of report: RunReport, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("name", fault.name.text)
            object.member("schedule", fault.schedule)
            object.member("weight", Int64(fault.weight))
            object.member("injected", fault.wasInjected)
            object.member("place", fault.place.description)
            list("targets", report.steps.filter { $0.step.fault.name == fault.name }, to: &object) { entry, step in
                step.object { target in
                    target.member("target", entry.step.target)
                    target.member("state", entry.state.description)
                    target.member("injections", Int64(entry.injections))
                    target.member("action", entry.step.action)
                    target.member("undo", entry.step.undoAction)
                }
            }
        }
    }

    private func write(_ probe: ProbeResult, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("name", probe.name)
            object.member("mode", probe.mode.description)
            object.member("phase", probe.phase.rawValue)
            object.member("passed", probe.passed)
            object.member("samples", Int64(probe.samples))
            object.member("failures", Int64(probe.failures))
            if let first = probe.firstFailure { object.member("first_failure", first.nanoseconds) }
            object.member("duration_ns", probe.duration.wholeNanoseconds)
            object.member("detail", probe.detail)
            object.member("place", probe.place.description)
        }
    }

    private func write(_ judged: JudgedExpectation, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("expectation", judged.verdict.expectation)
            object.member("outcome", judged.verdict.outcome.rawValue)
            object.member("explanation", judged.verdict.explanation)
            object.key("events")
            object.array { events in
                for event in judged.verdict.evidence { events.value(Int64(event)) }
            }
            if let place = judged.place { object.member("place", place.description) }
        }
    }

    private func write(_ problem: RunProblem, to writer: inout JSONWriter) {
        writer.object { object in
            if let phase = problem.phase { object.member("phase", phase.rawValue) }
            object.member("text", problem.description)
        }
    }
}
