/// Rules that several phases share.
extension ExperimentDiagnostic {
    static func repeated(_ places: [SourcePlace], phase: String, hint: String) -> [ExperimentDiagnostic] {
        places.dropFirst().map { place in
            .init(.repeatedPhase, "a second \(phase); the first is at \(places[0])", hint: hint, at: place)
        }
    }

    static func atLeastOne(_ value: Int, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
        value >= 1 ? [] : [.init(.outOfRange, "\(what) is \(value)", hint: "it is at least 1", at: place)]
    }

    static func positive(_ value: Duration, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
        guard value <= .zero else { return notTooLong(value, what, at: place) }
        return [.init(.outOfRange, "\(what) is \(value)", hint: "it is more than zero", at: place)]
    }

    static func notNegative(_ value: Duration, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
        guard value < .zero else { return notTooLong(value, what, at: place) }
        return [.init(.outOfRange, "\(what) is \(value)", hint: "it is zero or more", at: place)]
    }

    /// No sum of such times leaves the range of a clock, and nobody means more.
    private static func notTooLong(_ value: Duration, _ what: String, at place: SourcePlace) -> [ExperimentDiagnostic] {
        let century: Duration = .seconds(36_525 * 86_400)
        guard value > century else { return [] }
        return [.init(.outOfRange, "\(what) is \(value)", hint: "it is at most 100 years", at: place)]
    }

    /// The second and later uses of a name; empty names are another rule's.
    static func duplicates(_ named: [(name: String, place: SourcePlace)]) -> [(name: String, place: SourcePlace)] {
        var seen: Set<String> = [""]
        return named.filter { !seen.insert($0.name).inserted && !$0.name.isEmpty }
    }
}
