import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// A server that real programs talk to through a lab, with bodies whose bytes differ at every position.
enum Bodies {
    static let sizes = [0, 1, 10_000, 3_000_000]

    /// Made once: a loop over millions of bytes is slow in a debug build.
    private static let longest = [UInt8](unsafeUninitializedCapacity: 3_000_000) { buffer, initialized in
        for index in 0..<buffer.count { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8) }
        initialized = buffer.count
    }

    static func bytes(_ count: Int) -> [UInt8] { Array(longest.prefix(count)) }

    /// Answers `/N` with a body of N bytes.
    @Sendable static func serve(_ request: HTTPStubRequest) -> HTTPStubAnswer {
        guard let size = Int(request.target.dropFirst()) else { return HTTPStubAnswer(status: 404) }
        return HTTPStubAnswer(status: 200, body: bytes(size))
    }
}

/// A fault that decides every request and resets none, so that the whole engine is in the way.
let sparing = PodHTTPResetPeer(toxicity: 0)

extension Lab {
    /// What became of each request, in order of arrival.
    var fates: [Fate] { log.record.requests.map(\.fate) }

    /// Waits until every connection has ended, so that the log is complete.
    func settle() async throws {
        _ = try await eventually { log.tally.openConnections == 0 ? true : nil }
    }
}
