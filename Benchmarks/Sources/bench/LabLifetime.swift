import FaultLab

/// How long a lab takes to start and to end.
enum LabLifetime {
    static func run() async throws {
        let times = try await measure()
        print("  start \(Samples(times.starts).summary)")
        print("  end   \(Samples(times.ends).summary)")
    }

    /// Starts and ends labs, one after the other.
    static func measure() async throws -> (starts: [Duration], ends: [Duration]) {
        let clock = ContinuousClock()
        var starts: [Duration] = []
        var ends: [Duration] = []
        for _ in 0..<300 {
            let begin = clock.now
            var inside = begin
            var leaving = begin
            try await withLab(upstream: "127.0.0.1:9") { _ in
                inside = clock.now
                leaving = clock.now
            }
            starts.append(inside - begin)
            ends.append(clock.now - leaving)
        }
        return (starts, ends)
    }
}
