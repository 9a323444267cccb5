import FaultLab

/// How long a lab takes to start and to end.
enum LabLifetime {
    static func run() async throws {
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
        print("  start \(Samples(starts).summary)")
        print("  end   \(Samples(ends).summary)")
    }
}
