/// The names of fields in the schema; a name means the same in every event.
package enum JSONLinesField: String, CaseIterable, Sendable {
    case id
    case time = "t"
    case event
    case connection
    case request
    case peer
    case wireProtocol = "protocol"
    case method
    case target
    case keyHash = "key_hash"
    case status
    case bytes
    case by
    case how
    case bytesFromClient = "bytes_from_client"
    case bytesToClient = "bytes_to_client"
    case bytesToUpstream = "bytes_to_upstream"
    case bytesFromUpstream = "bytes_from_upstream"
    case fault
    case selected
    case key
    case lateness = "lateness_ns"
    case connections
    case delayedBytes = "delayed_bytes"
    case refusedBytes = "refused_bytes"
    case longestDelay = "longest_delay_ns"
    case mostHeld = "most_held"
    case burst
    case reason
    case call
    case outcome
    case phase
    case probe
    case mode
    case passed
    case detail
    case text
    case first
    case last
}
