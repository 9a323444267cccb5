/// A place that a run writes to before each change, so that somebody can clean up after a crash.
///
/// An entry is written before what it speaks of is done. When it cannot be written before a change, the change is not made,
/// and the run ends with ``RunOutcome/notInjected``. When it cannot be written during the undo, the undo goes on.
public protocol RunJournal: Sendable {
    /// Writes an entry; comes back when it will survive the end of the process.
    ///
    /// - Parameter entry: What is about to be done, or has been done.
    /// - Throws: When it cannot be written.
    func append(_ entry: JournalEntry) async throws
}

/// What a run is about to do, or has done.
///
/// An entry holds the plan and places in it, and no text of an error: nothing secret can get into a journal.
public enum JournalEntry: Hashable, Sendable {
    /// The plan, before anything changes; `step` of the entries that follow counts its steps from 1.
    case planned(experiment: String, Plan)
    /// A switch is about to be set on a target that undoes a step by itself.
    case armingUndo(step: Int, after: Duration)
    /// A step is about to be applied.
    case injecting(step: Int)
    /// A step is in place, and that was verified.
    case injected(step: Int)
    /// A step is about to be taken back.
    case undoing(step: Int)
    /// Nothing is left of a step, and that was verified.
    case undone(step: Int)
    /// Something of a step may be left.
    case undoFailed(step: Int)
    /// The run is over.
    case ended(RunOutcome)
}
