import CLoad

/// The most allocations that something may take.
struct AllowedAllocations {
    let name: String
    let handling: Handling
    let kind: cl_kind
    /// Over how many requests the mean is taken.
    let requests: Int
    /// Allocations for each request, or each connection from its first to its last byte.
    let most: Double

    private static func request(_ name: String, _ handling: Handling, most: Double) -> AllowedAllocations {
        AllowedAllocations(name: name, handling: handling, kind: CL_KEEP_ALIVE, requests: 10_000, most: most)
    }

    private static func connection(_ name: String, _ handling: Handling, most: Double) -> AllowedAllocations {
        AllowedAllocations(name: name, handling: handling, kind: CL_SHORT, requests: 3000, most: most)
    }

    /// Less than one more than there are, so that one that is added shows.
    ///
    /// A request takes a part of one: the log grows by a chunk for many.
    static let all = [
        request("request, relay", .relay, most: 0.5),
        request("request, HTTP", .http, most: 0.5),
        request("request, armed at 0 %", .sparing, most: 0.5),
        connection("connection, relay", .relay, most: 9),
        connection("connection, HTTP", .http, most: 7),
        connection("connection, armed at 0 %", .sparing, most: 7),
    ]
}
