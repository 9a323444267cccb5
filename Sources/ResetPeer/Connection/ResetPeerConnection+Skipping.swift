/// Bytes that the engine need not see.
extension ResetPeerConnection {
    /// Bytes that come next from a side and would tell the engine nothing, so that the driver may move them without reading.
    ///
    /// 0 while anything is selected or kept back: then every byte may matter.
    ///
    /// - Parameter side: The side.
    /// - Returns: How many; `UInt64.max` for all that will ever come.
    package func meaningless(from side: Side) -> UInt64 {
        guard isBystander else { return 0 }
        switch (side, reading) {
        case (.client, .opaque(counted: true)): return .max
        case (.client, .http1): return requests.meaningless
        case (.upstream, .opaque) where exchanges.isEmpty || exchanges.front.isAnswered && answersAreOpaque:
            return .max
        case (.upstream, .http1) where !exchanges.isEmpty && exchanges.front.isAnswered:
            return responses.meaningless
        default: return 0
        }
    }

    private var answersAreOpaque: Bool { exchanges.front.isOpaque || !responsesAreReadable }

    /// Bytes came from a side and were moved on unread.
    ///
    /// - Parameters:
    ///   - count: How many, at most ``meaningless(from:)``.
    ///   - side: The side that sent them.
    package mutating func skipped(_ count: Int, from side: Side) {
        let count = UInt64(truncatingIfNeeded: count)
        switch side {
        case .client:
            clientReceived += count
            requests.skip(count)
        case .upstream:
            upstreamReceived += count
            responses.skip(count)
        }
        passedToUpstream = clientReceived
        passedToClient = upstreamReceived
    }
}
