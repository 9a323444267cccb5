extension Clock {
    /// The executor of the tasks that live on this clock, for a clock that brings one.
    var executor: (any TaskExecutor)? {
        // The first question is answered at once; the second looks through the conformances of the whole program.
        (self as? SimulatedClock) ?? (self as? any TaskExecutor)
    }
}
