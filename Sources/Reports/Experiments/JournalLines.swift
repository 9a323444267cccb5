import Evidence
public import Experiments
import FaultModel

/// The entries of a journal as JSON Lines, one flat object each but for the plan.
///
/// `Docs/experiments.md` lists the entries and their fields. Every line has the version, because lines of several runs may
/// stand in one file.
public enum JournalLines {
    /// The version of the format; it changes when a reader of the old one would misread the new one.
    public static let version = 1

    /// Renders an entry.
    ///
    /// - Parameter entry: The entry.
    /// - Returns: The line in UTF-8, with its line feed.
    public static func line(_ entry: JournalEntry) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("v", Int64(version))
            switch entry {
            case .planned(let experiment, let plan):
                object.member("entry", "planned")
                object.member("experiment", experiment)
                object.key("steps")
                object.array { steps in
                    for (index, step) in plan.steps.enumerated() { write(step, index + 1, to: &steps) }
                }
            case .armingUndo(let step, let delay):
                object.member("entry", "armingUndo")
                object.member("step", Int64(step))
                object.member("after_ns", delay.wholeNanoseconds)
            case .injecting(let step): write("injecting", step, to: &object)
            case .injected(let step): write("injected", step, to: &object)
            case .undoing(let step): write("undoing", step, to: &object)
            case .undone(let step): write("undone", step, to: &object)
            case .undoFailed(let step): write("undoFailed", step, to: &object)
            case .ended(let outcome):
                object.member("entry", "ended")
                object.member("outcome", outcome.description)
            }
        }
        writer.newline()
        return writer.bytes
    }

    private static func write(_ name: String, _ step: Int, to object: inout JSONWriter) {
        object.member("entry", name)
        object.member("step", Int64(step))
    }

    private static func write(_ step: PlanStep, _ number: Int, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("step", Int64(number))
            object.member("fault", step.fault.name.text)
            object.member("disruption", step.fault.disruption.summary)
            object.member("target", step.target)
            object.member("action", step.action)
            object.member("undo", step.undoAction)
        }
    }
}
