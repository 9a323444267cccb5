import Evidence
import FaultModel
import Testing

/// What somebody reads who prints live events.
@Suite struct DescriptionTests {
    @Test(
        arguments: [
            (received(1, 2), "#1.2 GET /price"),
            (Fact.requestReceived(request(1, 1), RequestLine(method: "", target: "")), "#1.1 (unreadable bytes)"),
            (
                .requestReceived(request(1, 1), RequestLine(method: "GET", target: "/\u{9B}2J\u{2028}\u{202E}ü")),
                #"#1.1 GET /\u{9b}2J\u{2028}\u{202e}ü"#
            ),
            (
                .protocolRecognized(connection(4), .opaque(reason: "a folded field line")),
                "#4 is not HTTP/1 from here on: a folded field line"
            ),
            (decided(2, 3, true), "#2.3 picked by pod-http-reset-peer, position 1 of 10"),
            (
                .resetSent(request(1, 1), ResetRecord(fault: fault, lateness: .microseconds(70), responseBytes: 0)),
                "#1.1 reset by pod-http-reset-peer, 70 µs late, after 0 bytes of its answer"
            ),
            (delayed(4), "#4 delayed by pod-network-rate-limit"),
            (
                .linkEnded(shaper, shapeRecord(50_000, delayed: 17_232, by: .milliseconds(80))),
                "pod-network-rate-limit passed 50000 bytes, 17232 waited, up to 80 ms"
            ),
            (
                .linkEnded(shaper, shapeRecord(50_000)),
                "pod-network-rate-limit passed 50000 bytes, none waited"
            ),
            (.callEnded(CallID(7), .overdue), "call 7 overdue"),
            (
                .probeEvaluated(name: "answers", mode: "edge", passed: false, detail: "404"),
                "probe answers (edge) failed: 404"
            ),
        ])
    func aFactReadsLikeThis(fact: Fact, text: String) {
        #expect("\(fact)" == text)
        let event = Event(id: 12, time: Timestamp(nanoseconds: 105_409_000), fact: fact)
        #expect("\(LiveEvent.event(event))" == "12. 0.105409 s  " + text)
    }

    @Test func aGapSaysHowLongItIs() {
        #expect("\(LiveEvent.missed(3..<10))" == "(7 events missed)")
    }
}
