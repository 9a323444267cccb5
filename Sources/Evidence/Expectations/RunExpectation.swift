/// Something that must hold, judged from the events of a run.
///
/// An expectation is a pure function of the record, so it can be tested with a hand-written log and evaluated again on
/// a stored one.
public protocol RunExpectation: Sendable {
    /// Judges a record.
    ///
    /// - Parameter record: The events of the run and what follows from them.
    /// - Returns: The verdict with the events that decided it.
    func evaluate(_ record: EventRecord) -> Verdict
}
