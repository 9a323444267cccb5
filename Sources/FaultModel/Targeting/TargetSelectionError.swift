/// Why no targets could be chosen.
///
/// Whoever wrote the selection has to change it, or the targets have to come up; nothing was touched.
public enum TargetSelectionError: Error, Hashable, Sendable {
    /// A name that no target has.
    public struct Missing: Hashable, Sendable {
        /// The name as it was given.
        public let name: String
        /// A name that exists and looks like it.
        public let nearest: String?
    }

    /// The platform listed no target at all.
    case noCandidates(plural: String)
    /// The selection names nothing; that never means everything.
    case nothingSelected(plural: String)
    /// Some names belong to nothing.
    case missing([Missing], plural: String)
    /// Some names belong to several targets, whose identities are given.
    case ambiguous([String], plural: String)
    /// Some pods use the network of their node, so that the fault would hit everything else on it.
    case hostNetwork([String])
    /// Every target was ruled out; the text names each with the reason.
    case allSpared(String, plural: String)
    /// A share of 0 % where the document does not say that it means one.
    case zeroShare(plural: String)
}

extension TargetSelectionError: CustomStringConvertible {
    /// A sentence that names the targets and, where there is one, a way out.
    public var description: String {
        switch self {
        case .noCandidates(let plural):
            return "there are no \(plural) to choose from"
        case .nothingSelected(let plural):
            return "no \(plural) were named; to hit all of them say so"
        case .missing(let missing, let plural):
            let names = missing.map { missing in
                let name = missing.name.printable()
                return missing.nearest.map { "\(name) (did you mean \($0.printable())?)" } ?? name
            }
            return "no such \(plural): \(names.joined(separator: ", "))"
        case .ambiguous(let identities, let plural):
            let names = identities.map { $0.printable() }.joined(separator: ", ")
            return "several \(plural) have one name: \(names); choose from one namespace"
        case .hostNetwork(let names):
            return """
                these pods use the network of their node, and a network fault would hit everything on it: \
                \(names.map { $0.printable() }.joined(separator: ", ")); allow host network to hit them all the same
                """
        case .allSpared(let reasons, let plural):
            return "none of the \(plural) qualifies: \(reasons)"
        case .zeroShare(let plural):
            return "0 % of the \(plural) is none; use a percentage from 1 on"
        }
    }
}
