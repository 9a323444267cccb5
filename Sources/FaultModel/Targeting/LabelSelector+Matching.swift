extension LabelSelector {
    /// Whether labels fulfil every requirement, by the rules of Kubernetes.
    ///
    /// `!=` and `notin` hold for a label that is not there; `=` and `in` do not, not even with the empty value.
    ///
    /// - Parameter labels: The labels of one object.
    /// - Returns: Whether the object is selected.
    public func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { $0.matches(labels) }
    }
}

extension LabelSelector.Requirement {
    /// Whether labels fulfil the requirement, by the rules of Kubernetes.
    ///
    /// - Parameter labels: The labels of one object.
    /// - Returns: Whether the requirement holds.
    public func matches(_ labels: [String: String]) -> Bool {
        let value = labels[key]
        return switch condition {
        case .equals(let wanted): value == wanted
        case .differs(let unwanted): value != unwanted
        case .isIn(let wanted): value.map(wanted.contains) ?? false
        case .isNotIn(let unwanted): value.map { !unwanted.contains($0) } ?? true
        case .exists: value != nil
        case .isAbsent: value == nil
        }
    }
}
