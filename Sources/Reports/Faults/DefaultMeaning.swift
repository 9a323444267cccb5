import FaultModel

/// What a document means on the wire when nothing is set, and what follows from its defaults.
struct DefaultMeaning {
    /// The disruption in a few words; `nil` when the wire depends on a tunable without a default.
    let wire: String?
    let figures: [DerivedFigure]

    init(of document: FaultDocument) {
        // On loopback nobody has to say which targets are meant, so documents with required tunables of that kind answer.
        let fault = document.parse([], for: .loopback).fault
        wire = fault.flatMap { try? $0.lowered(for: .loopback).summary }
        figures = fault?.figures ?? []
    }
}
