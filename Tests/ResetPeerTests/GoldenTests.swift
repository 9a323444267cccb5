import FaultModel
import ResetPeer
import Testing

/// Values that must stay what they are: a seed printed by one version replays with the next.
///
/// They were computed a second time by a program in another language, so they pin the meaning and not an accident.
@Suite struct GoldenTests {
    static let patterns: [(selection: Selection, seed: UInt64, chosen: String)] = [
        (.exactFraction(30), 1, "...x...x.x.xx.x......x...x.x..x.x......x"),
        (.exactFraction(30), 2, ".xx....x....xx.....x.xx....x..xx.x......"),
        (.exactFraction(30), 42, "......xxx....x.x..x...x...xx...xx.x....."),
        (.exactFraction(30), .max, ".....xxx.....xxx..........x.xx......xx.x"),
        (
            .exactFraction(37), 42,
            "....x...x.xx...x..x..xx.xx....xx..xx..x..xx.x....xx.xx.......xx..xx.xx.x...x.x.........x.x.x....xxx."
        ),
        (.keyedDraw(30), 42, "...xx.xxx.x...x.xxx..x........x...x....."),
        (.independentDraw(30), 42, ".xx.....x.x.x.....x...x.......xxxxx..x.."),
    ]

    @Test("the first choices", arguments: patterns)
    func firstChoices(row: (selection: Selection, seed: UInt64, chosen: String)) {
        let chosen = pattern(row.selection, seed: row.seed, arrivals: row.chosen.count, name: "pod-http-reset-peer")
        #expect(chosen.map { $0 ? "x" : "." }.joined() == row.chosen)
    }

    static let fingerprints: [(head: String, value: UInt64)] = [
        ("GET / HTTP/1.1\r\n\r\n", 1_435_760_278_502_848_435),
        ("POST /orders?id=7 HTTP/1.1\r\n\r\n", 17_270_210_901_772_860_095),
        ("POST /orders?id=7 HTTP/1.1\r\nIdempotency-Key: \"8e03978e\"\r\n\r\n", 16_834_664_721_736_742_441),
    ]

    @Test("fingerprints of requests", arguments: fingerprints)
    func fingerprint(row: (head: String, value: UInt64)) {
        var recognizer = RequestRecognizer()
        let mark = Array(row.head.utf8).withUnsafeBytes { bytes in
            var index = 0
            return recognizer.advance(bytes, from: &index)
        }
        guard case .head(let head)? = mark else {
            Issue.record("no head was found")
            return
        }
        #expect(head.fingerprint.value == row.value)
    }
}
