import Evidence
import FaultModel
import Foundation
import Reports
import Testing

@Suite struct JSONLinesTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func line(_ fact: Fact) -> String {
        text(JSONLines.line(Event(id: 3, time: Timestamp(nanoseconds: 1_250_000), fact: fact)))
    }

    @Test(
        arguments: [
            (accepted(1), #""event":"connection:accepted","connection":1,"peer":"127.0.0.1:40000""#),
            (
                received(4, 2, RequestLine(method: "PUT", target: "/a?b=\"c\"", idempotencyKeyHash: 0xAB)),
                #""event":"request:received","connection":4,"request":2,"method":"PUT","target":"/a?b=\"c\"","#
                    + #""key_hash":"00000000000000ab""#
            ),
            (
                received(4, 2, RequestLine(method: "", target: "", idempotencyKeyHash: .max)),
                #""event":"request:received","connection":4,"request":2,"method":"","target":"","#
                    + #""key_hash":"ffffffffffffffff""#
            ),
            (
                decided(4, 2, true),
                #""event":"fault:decided","connection":4,"request":2,"fault":"pod-http-reset-peer","selected":true,"#
                    + #""key":"position 1 of 10""#
            ),
            (
                reset(4, 2),
                #""event":"reset:sent","connection":4,"request":2,"fault":"pod-http-reset-peer","lateness_ns":80000,"#
                    + #""bytes":0"#
            ),
            (
                closed(4, .fault, .reset),
                #""event":"connection:closed","connection":4,"by":"fault","how":"reset","bytes_from_client":78,"#
                    + #""bytes_to_client":1,"bytes_to_upstream":2,"bytes_from_upstream":212"#
            ),
            (
                delayed(4), #""event":"link:delayed","connection":4,"fault":"pod-network-rate-limit""#
            ),
            (
                .linkEnded(
                    shaper, shapeRecord(50_000, delayed: 17_232, refused: 3000, by: .milliseconds(80), connections: 3)),
                #""event":"link:ended","fault":"pod-network-rate-limit","connections":3,"bytes":50000,"#
                    + #""delayed_bytes":17232,"refused_bytes":3000,"longest_delay_ns":80000000,"most_held":17232,"#
                    + #""burst":32768"#
            ),
            (.acceptResumed, #""event":"accept:resumed""#),
            (.callEnded(CallID(7), .overdue), #""event":"call:ended","call":7,"outcome":"overdue""#),
        ] as [(Fact, String)])
    func anEventIsOneFlatLine(fact: Fact, fields: String) {
        #expect(Self.line(fact) == #"{"id":3,"t":1250000,"# + fields + "}\n")
    }

    @Test(
        arguments: [
            (JSONLinesHeader(), #"{"schema":"faultlab.events","version":1}"#),
            (
                JSONLinesHeader(started: 1_767_225_600_000, seed: .max),
                #"{"schema":"faultlab.events","version":1,"started":1767225600000,"seed":"18446744073709551615"}"#
            ),
        ])
    func theHeaderNamesSchemaAndSeed(header: JSONLinesHeader, expected: String) {
        #expect(Self.text(JSONLines.line(header)) == expected + "\n")
    }

    @Test func aRecordCountsWhatWasLetGo() {
        let record = story([accepted(1)], discarded: 4)
        #expect(
            Self.text(JSONLines.encode(record)) == #"{"schema":"faultlab.events","version":1,"discarded":4}"# + "\n"
                + #"{"id":5,"t":0,"event":"connection:accepted","connection":1,"peer":"127.0.0.1:40000"}"# + "\n")
    }

    @Test func aGrowingLogIsWrittenToItsEndWithItsGaps() async {
        let log = EventLog()
        log.note(1...6)
        log.finish()
        var lines: [String] = []
        await JSONLines.write(log.live(maximumLag: 2), header: JSONLinesHeader(seed: 7)) { lines.append(Self.text($0)) }
        #expect(
            lines == [
                #"{"schema":"faultlab.events","version":1,"seed":"7"}"# + "\n",
                #"{"event":"log:missed","first":1,"last":5}"# + "\n",
                #"{"id":6,"t":0,"event":"run:noted","text":"6"}"# + "\n",
            ])
    }

    @Test func aSinkThatFailsEndsTheWriting() async {
        struct DiskFull: Error {}
        let log = EventLog()
        log.note(1...6)
        var lines = 0
        await #expect(throws: DiskFull.self) {
            try await JSONLines.write(log.live()) { _ in
                lines += 1
                if lines == 3 { throw DiskFull() }
            }
        }
        #expect(lines == 3)
    }

    /// Texts that a peer, a target or an error can bring.
    private static let texts: [String] =
        (UInt8.min...UInt8.max).map { String(decoding: [$0], as: UTF8.self) }
        + (UInt8.min...UInt8.max).map { "a" + String(Character(Unicode.Scalar($0))) + "b" }
        + [
            "", #"\"#, #"""#, #"\u0000"#, "a\r\nb", "\u{7F}\u{80}\u{85}\u{9F}\u{A0}", "\u{2028}\u{2029}",
            "\u{FFFD}\u{FFFE}",
            "grün 🧪 \u{10FFFF}", "e\u{301}", "👩‍👩‍👧‍👦", "\u{202E}right to left",
            // Lone surrogates and other broken UTF-8 are repaired by String before they come here.
            String(decoding: [0xED, 0xA0, 0x80], as: UTF8.self), String(decoding: [0xD83D] as [UInt16], as: UTF16.self),
            String(decoding: [0xDE00, 0xD83D] as [UInt16], as: UTF16.self),
            String(decoding: [0xF0, 0x9F], as: UTF8.self),
            String(decoding: UInt8.min...UInt8.max, as: UTF8.self),
        ]

    @Test func everyTextComesBackAndStaysOnItsLine() throws {
        for text in Self.texts {
            let bytes = JSONLines.line(Event(id: 1, time: .zero, fact: .note(text)))
            let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let back = try #require(object["text"] as? String)
            // Compared by scalar: texts that only look alike are not the same bytes.
            #expect(back.unicodeScalars.elementsEqual(text.unicodeScalars), "\(text.debugDescription)")
            let line = Self.text(bytes)
            #expect(line.unicodeScalars.filter(\.properties.isLineBreakOrControl).map(\.value) == [0x0A])
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func numbersAreExact(number: Int64) {
        let line = Self.text(JSONLines.line(Event(id: 1, time: Timestamp(nanoseconds: number), fact: .acceptResumed)))
        #expect(line == #"{"id":1,"t":\#(number),"event":"accept:resumed"}"# + "\n")
    }

    @Test func valuesNestWithTheirCommas() {
        var writer = JSONWriter()
        writer.object { faults in
            faults.key("faults")
            faults.array { list in
                list.object { _ in }
                list.object { $0.member("name", "a") }
                list.array { _ in }
                list.value(-1)
                list.value(false)
            }
            faults.member("more", true)
        }
        writer.newline()
        writer.value("x")
        #expect(Self.text(writer.bytes) == #"{"faults":[{},{"name":"a"},[],-1,false],"more":true}"# + "\n\"x\"")
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isLineBreakOrControl: Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(generalCategory)
    }
}
