/// What the caller of a driven call was told.
public enum CallOutcome: Hashable, Sendable {
    /// The call returned; the text is what the driver made of the result.
    case returned(String)
    /// The call threw; the text describes the error.
    case threw(String)
    /// The call had not ended when the workload's time was over, and was cancelled.
    case overdue
}
