import FaultModel
import ResetPeer

/// A rule with the parts that a test is not about left at their defaults.
func rule(
    _ number: Int = 1, _ disruption: ResetDisruption = ResetDisruption(), armedAt milliseconds: Int = 0
) -> ResetRule {
    ResetRule(
        id: ResetRule.ID(number), name: "rule-\(number)", disruption: disruption, armedAt: .milliseconds(milliseconds))
}

/// Observations as short lines, so that a failed comparison reads like a log.
func lines(_ observations: [Observation]) -> [String] {
    observations.map { observation in
        switch observation {
        case .protocolRecognized(nil): "http1"
        case .protocolRecognized(.tls?): "tls"
        case .protocolRecognized(.http2?): "http2"
        case .protocolRecognized(.unexamined?): "unexamined"
        case .protocolRecognized(.malformed(let why)?): "opaque: \(why)"
        case .requestReceived(let ordinal, let head):
            head.method.isEmpty ? "\(ordinal) received" : "\(ordinal) received \(head.method) \(head.target)"
        case .decided(let ordinal, let rule, let choice):
            "\(ordinal) \(choice.isSelected ? "selected" : "spared") by \(rule.number)"
        case .requestCompleted(let ordinal, let bytes): "\(ordinal) completed \(bytes)"
        case .responseStarted(let ordinal, let status):
            "\(ordinal) answered \(status.map { String($0) } ?? "unreadably")"
        case .responseCompleted(let ordinal, let bytes): "\(ordinal) done \(bytes)"
        case .resetCancelled(let ordinal, let rule, let reason): "\(ordinal) cancelled \(rule.number) \(reason)"
        }
    }
}

extension [Observation] {
    /// Requests, opaque ones included.
    var requestCount: Int {
        count { if case .requestReceived = $0 { true } else { false } }
    }

    /// Ordinals of the requests that were decided, and whether they were selected.
    var decisions: [Bool] {
        compactMap { if case .decided(_, _, let choice) = $0 { choice.isSelected } else { nil } }
    }

    /// Ordinals of the requests whose answers were received whole.
    var answers: [Int] {
        compactMap { if case .responseCompleted(let ordinal, _) = $0 { ordinal } else { nil } }
    }
}

let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

func get(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n" }
func ok(_ body: String) -> String { "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)" }

extension String {
    /// Some bytes of the text; CR and LF are one character, which a cut must be able to separate.
    func bytes(_ range: some RangeExpression<Int>) -> String {
        let bytes = Array(utf8)
        return String(decoding: bytes[range.relative(to: bytes).clamped(to: bytes.indices)], as: UTF8.self)
    }
}
