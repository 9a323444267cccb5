/// What became of a request.
public enum Fate: Hashable, Sendable {
    /// Its answer was passed on whole; the status is known when the answer could be read.
    case answered(status: Int?)
    /// A fault picked it, or its connection, and the client was sent an RST.
    case reset(ResetRecord)
    /// Its bytes cannot be read, and its connection ended with FIN by one of the peers: nothing went wrong on the wire.
    case carried
    /// Its connection ended before it was answered, and no fault had picked it.
    case lost(Loss)
    /// It was still open at the end of the record.
    case pending

    /// Why a request was lost.
    public enum Loss: Hashable, Sendable {
        /// A fault ended the connection because of another request on it, or one that the record does not name.
        case collateral(of: RequestID?)
        /// The client ended the connection.
        case client
        /// The upstream ended the connection or could not be reached.
        case upstream
        /// The proxy ended the connection.
        case proxy
    }
}
