#if os(Linux)
import Foundation

/// What the upstream of the soak answers: bytes that follow from the target, so that a client knows every one of them.
enum Answers {
    /// The longest body, in bytes.
    static let longest = 4 << 20

    /// Bytes that differ from their neighbors far and near.
    static let pattern: [UInt8] = (0..<longest + 4096).map {
        UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ $0 >> 16)
    }

    /// The body that a target stands for, as in `/sized/17/2000`: 2,000 bytes of the pattern from its byte 17 on.
    static func body(_ target: Substring) -> ArraySlice<UInt8>? {
        let parts = target.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 2, parts[0] <= 4096, parts[1] <= longest else { return nil }
        return pattern[parts[0]..<parts[0] + parts[1]]
    }

    /// The whole answer to a GET, head included.
    static func answer(to target: Substring) -> [UInt8] {
        guard let body = body(target) else { return Array("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n".utf8) }
        guard target.hasPrefix("/chunked") else {
            return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
        }
        var answer = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        var rest = body
        while !rest.isEmpty {
            let chunk = rest.prefix(1 + rest.count % 5000)
            answer += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            rest = rest.dropFirst(chunk.count)
        }
        return answer + Array("0\r\n\r\n".utf8)
    }

    /// The answer to an upload.
    static func answer(toUploadOfRightBytes isRight: Bool) -> [UInt8] {
        Array("HTTP/1.1 \(isRight ? "200 OK" : "409 Wrong")\r\nContent-Length: 0\r\n\r\n".utf8)
    }
}
#endif
