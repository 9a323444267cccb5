// Rules about what has to be there, or has no effect, on the platform of a document.

extension FaultRule {
    /// A value that the document leaves empty and the platform cannot do without.
    ///
    /// A doubt and no error: the environment of the platform may have it.
    static func isPresent<Value>(_ property: PropertyPath<Subject, Value?>, for reason: String) -> FaultRule {
        FaultRule(about: property, on: .platform) { subject in
            guard subject[keyPath: property] == nil else { return nil }
            return .warning("is empty, and without it \(reason)", hint: "set it unless the environment has it")
        }
    }

    /// An interval between iterations, for faults that last without a pause.
    static func intervalIsInert(
        _ interval: PropertyPath<Subject, ChaosInterval>, unless documented: ChaosInterval
    ) -> FaultRule {
        FaultRule(about: interval) { subject in
            guard subject[keyPath: interval] != documented else { return nil }
            return .note("has no effect: the fault lasts without a pause", hint: "it is kept for export")
        }
    }

    /// An interval between iterations that the document may leave out.
    static func intervalIsInert(
        _ interval: PropertyPath<Subject, ChaosInterval?>, unless documented: ChaosInterval?
    ) -> FaultRule {
        FaultRule(about: interval) { subject in
            guard let given = subject[keyPath: interval], given != documented else { return nil }
            return .note("has no effect: the fault lasts without a pause", hint: "it is kept for export")
        }
    }
}
