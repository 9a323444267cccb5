import Experiments

/// Why a probe cannot be asked, or what happened in place of an answer.
struct ProbeFlaw: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ProbeQuestion {
    /// A question that is declared wrong: it is answered *no* without being asked.
    ///
    /// - Parameters:
    ///   - kind: What was to be asked.
    ///   - flaw: What is wrong with the declaration.
    /// - Returns: The question.
    static func unaskable(_ kind: String, because flaw: ProbeFlaw) -> ProbeQuestion {
        ProbeQuestion("\(kind), declared wrong", problems: [flaw.description]) { .no("not asked: \(flaw)") }
    }
}
