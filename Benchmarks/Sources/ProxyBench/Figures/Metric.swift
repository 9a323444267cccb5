/// What a figure of a measurement says; the names are those of the JSON file.
enum Metric: String, CaseIterable {
    /// Requests, connections or resets per second, as the section says.
    case perSecond
    /// What the processors spent on the proxy for one of them, in microseconds.
    case processorMicroseconds
    case gigabitsPerSecond
    /// What the processors spent on the proxy for 10⁹ bytes, in seconds.
    case processorSecondsPerGigabyte
    /// Private memory for each connection that is open.
    case bytesPerConnection
    /// Connections that were reset though the client did not ask for that.
    case resets
    /// Connections that were refused, ended early or had a wrong answer.
    case failures
    /// Resets that came before they were due.
    case early
    case minimumMicroseconds, medianMicroseconds, p99Microseconds, maximumMicroseconds
}

/// What one contestant came to in one round.
struct Sample {
    let section: String
    /// What was the same for all contestants, as in `32 connections`.
    let condition: String
    let contestant: String
    let round: Int
    var figures: [Metric: Double] = [:]
    /// Single times in nanoseconds, where the section is about them.
    var nanoseconds: [Int64] = []
}
