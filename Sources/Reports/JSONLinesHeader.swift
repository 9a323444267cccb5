/// What the first line of an event file says about the run.
public struct JSONLinesHeader: Hashable, Sendable {
    /// The moment that event times count from, in milliseconds since 1970-01-01 00:00 UTC.
    public let started: Int64?
    /// The seed that repeats the run.
    public let seed: UInt64?

    /// Describes a run.
    ///
    /// - Parameters:
    ///   - started: The moment that event times count from, in milliseconds since 1970-01-01 00:00 UTC.
    ///   - seed: The seed that repeats the run.
    public init(started: Int64? = nil, seed: UInt64? = nil) {
        self.started = started
        self.seed = seed
    }

    func write(to writer: inout JSONWriter, discarded: Int) {
        writer.object { line in
            line.member("schema", JSONLines.schema)
            line.member("version", Int64(JSONLines.version))
            if let started { line.member("started", started) }
            // As text: a reader that uses floating point would change a seed beyond 2^53.
            if let seed { line.member("seed", String(seed)) }
            if discarded > 0 { line.member("discarded", Int64(discarded)) }
        }
    }
}
