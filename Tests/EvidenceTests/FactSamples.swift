import Evidence
import FaultModel
import Reports

/// Facts whose lines differ in their event or in their fields; together they produce every line of the schema.
let factSamples: [(event: JSONLinesEvent, facts: [Fact])] = [
    (.connectionAccepted, [accepted(1)]),
    (
        .connectionRecognized,
        [WireProtocol.http1, .http2, .tls, .opaque(reason: "no method")].map { .protocolRecognized(connection(1), $0) }
    ),
    (
        .connectionClosed,
        ConnectionEnd.Party.allCases.flatMap { party in
            ConnectionEnd.Form.allCases.map { closed(1, party, $0) }
        }
    ),
    (.upstreamConnected, [.upstreamConnected(connection(1))]),
    (.upstreamFailed, [.upstreamFailed(connection(1), reason: "connecting to 127.0.0.1:9: refused")]),
    (
        .requestReceived,
        [received(1, 1), received(1, 2, RequestLine(method: "PUT", target: "/a", idempotencyKeyHash: 0xAB))]
    ),
    (.requestCompleted, [.requestCompleted(request(1, 1), bytes: 90)]),
    (
        .responseStarted,
        [.responseStarted(request(1, 1), status: 200), .responseStarted(request(1, 1), status: nil)]
    ),
    (.responseCompleted, [.responseCompleted(request(1, 1), bytes: 90)]),
    (.acceptPaused, [.acceptPaused(reason: "EMFILE")]),
    (.acceptResumed, [.acceptResumed]),
    (.faultArmed, [.faultArmed(fault)]),
    (.faultDecided, [decided(1, 1, true), decided(1, 0, false)]),
    (.faultLifted, [.faultLifted(fault)]),
    (.resetSent, [reset(1, 1)]),
    (.resetCancelled, ResetCancellation.allCases.map { cancelled(1, 1, $0) }),
    (.linkDelayed, [delayed(1)]),
    (.linkEnded, [.linkEnded(shaper, shapeRecord(50_000, delayed: 17_232, by: .milliseconds(80)))]),
    (.callStarted, [.callStarted(CallID(7))]),
    (
        .callEnded,
        [CallOutcome.returned("200"), .threw("reset"), .overdue].map { .callEnded(CallID(7), $0) }
    ),
    (.phaseStarted, Phase.allCases.map(Fact.phaseStarted)),
    (.probeEvaluated, [.probeEvaluated(name: "health", mode: "sot", passed: true, detail: "200")]),
    (.runNoted, [.note("words")]),
]
