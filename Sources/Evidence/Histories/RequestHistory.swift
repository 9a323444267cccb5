/// Everything that a record knows about one request.
public struct RequestHistory: Hashable, Sendable, Identifiable {
    /// The connection and the place on it.
    public let id: RequestID
    /// What was asked.
    public let line: RequestLine
    /// The arrival of the head, or of the first bytes of a connection whose bytes cannot be read.
    public let arrived: Mark
    /// The place among the requests with the same line, counted from 1 in order of arrival.
    ///
    /// With the line it identifies the request again in a run that is repeated.
    public let occurrence: Int
    /// The arrival of the end of the request, when there was one.
    public let completed: Mark?
    /// Bytes of the request, when it was received whole.
    public let requestBytes: Int64?
    /// The choice that was made about this request; one about its connection stands in ``ConnectionHistory``.
    public let decision: Decision?
    /// The moment of the choice.
    public let decided: Mark?
    /// The beginning of the answer, when there was one.
    public let answerStarted: Mark?
    /// The status of the answer, when it began and could be read.
    public let status: Int?
    /// Bytes of the answer, when it was passed on whole.
    public let responseBytes: Int64?
    /// Why a pending reset of this request did not happen.
    public let cancellation: ResetCancellation?
    /// What became of the request.
    public let fate: Fate
    /// The event that settled the fate; `nil` while it is pending.
    public let ended: Mark?

    /// Whether a fault picked this request.
    public var isSelected: Bool { decision?.selected ?? false }
}

extension RequestHistory: CustomStringConvertible {
    /// What was asked and where, as in `GET /price (#4.2)`.
    public var description: String {
        line.isOpaque ? "unreadable bytes (\(id))" : "\(line.method) \(line.target) (\(id))"
    }
}
