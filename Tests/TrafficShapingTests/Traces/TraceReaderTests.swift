import FaultModel
import Testing
import TrafficShaping

@Suite("Reading traces") struct TraceReaderTests {
    /// What came of a trace.
    struct Reading: Equatable {
        var packets: [Packet] = []
        var error: TraceError?
    }

    /// Reads bytes in pieces of a length.
    private static func read(_ bytes: [UInt8], inPiecesOf length: Int) -> Reading {
        var reading = Reading()
        var reader = TraceReader()
        do throws(TraceError) {
            for start in stride(from: 0, to: bytes.count, by: length) {
                let piece = Array(bytes[start..<min(bytes.count, start + length)])
                try piece.withUnsafeBufferPointer { buffer throws(TraceError) in
                    try reader.read(buffer) { reading.packets.append($0) }
                }
            }
            try reader.finish { reading.packets.append($0) }
        } catch {
            reading.error = error
        }
        return reading
    }

    private static func read(_ text: String) -> Reading { read(Array(text.utf8), inPiecesOf: 1 << 20) }

    @Test(
        "every good form gives the same packets",
        arguments: [
            "arrival_ns,size_bytes\n7,60\n7,1514\n4611686018427387904,4294967295\n",
            "7,60\n7,1514\n4611686018427387904,4294967295\n",
            "7,60\n7,1514\n4611686018427387904,4294967295",
            "arrival_ns,size_bytes\r\n7,60\r\n7,1514\r\n4611686018427387904,4294967295\r\n",
            "arrival_ns,size_bytes\r\n7,60\n7,1514\r\n4611686018427387904,4294967295",
            "\u{FEFF}arrival_ns,size_bytes\n7,60\n7,1514\n4611686018427387904,4294967295\n",
            "\u{FEFF}7,60\n7,1514\n4611686018427387904,4294967295\n",
            "size_bytes,arrival_ns\n60,7\n1514,7\n4294967295,4611686018427387904\n",
            ",arrival_ns,note,size_bytes\n0,7,a b;c,60\n1,7,,1514\n2,4611686018427387904,é,4294967295\n",
            "size_bytes,note,arrival_ns,\n60,,7,\n1514,,7,x\r\n4294967295,-1,4611686018427387904,\n",
            "arrival_ns,size_bytes\n7,60\n7,1514\n4611686018427387904,4294967295\n\n\r\n\n",
            "007,000060\n0000000000000000000000007,1514\n4611686018427387904,04294967295\n",
        ])
    func goodForms(text: String) {
        let reading = Self.read(text)
        #expect(reading.error == nil)
        #expect(
            reading.packets == [
                Packet(arrival: 7, length: 60), Packet(arrival: 7, length: 1514),
                Packet(arrival: 1 << 62, length: .max),
            ])
        // However the bytes are cut, also inside of a number or of a line end.
        for length in 1...12 { #expect(Self.read(Array(text.utf8), inPiecesOf: length) == reading) }
    }

    @Test("a trace may be without packets", arguments: ["arrival_ns,size_bytes", "size_bytes,arrival_ns\r\n"])
    func noPackets(text: String) {
        #expect(Self.read(text) == Reading())
    }

    @Test(
        "every bad line is named",
        arguments: [
            ("", "line 1: there is nothing to read; a trace without packets has the header arrival_ns,size_bytes"),
            ("\n\n", "line 1: there is nothing to read"),
            ("\u{FEFF}", "line 1: there is nothing to read"),
            ("arrival_ns\n5\n", "line 1: size_bytes: the header has no such column; it has \"arrival_ns\""),
            (
                "arrival_ns, size_bytes\n",
                "line 1: size_bytes: the header has no such column; it has \"arrival_ns\", \" size_"
            ),
            ("size_bytes,arrival_ns,size_bytes\n", "line 1: size_bytes: the header names the column twice"),
            ("time,bytes\n1,2\n", "line 1: arrival_ns=time: a time is a whole number of nanoseconds from 0 to"),
            ("time,bytes\n1,2\n", "; a header names the columns arrival_ns and size_bytes"),
            ("1,60\n\n2,60\n", "line 2: the line is empty; only the end of a trace may be empty"),
            ("1,60\n\n\nx\n", "line 2: the line is empty"),
            ("\narrival_ns,size_bytes\n", "line 1: the line is empty"),
            ("1,60\n2\n", "line 2: size_bytes: the line has no such column; a line is arrival_ns,size_bytes, as in"),
            ("1;60\n", "line 1: size_bytes: the line has no such column"),
            ("1,60\n2,60,0\n", "line 2: the line has 3 columns, and without a header there are two; name the columns"),
            ("arrival_ns,size_bytes\n1,60,0\n", "line 2: the line has 3 columns, and the header 2"),
            ("arrival_ns,note,size_bytes\n1,60\n", "line 2: the line has 2 columns, and the header 3"),
            ("arrival_ns,note,size_bytes\n5\n", "line 2: the line has 1 column, and the header 3"),
            (
                "1,60\nsoon,60\n",
                "line 2: arrival_ns=soon: a time is a whole number of nanoseconds from 0 to 46116860184273"
            ),
            ("1,big\n", "line 1: size_bytes=big: a size is a whole number of bytes from 1 to 4294967295"),
            ("1,60\n-5,60\n", "line 2: arrival_ns=-5: a time is a whole number of nanoseconds from 0 to"),
            ("1,-60\n", "line 1: size_bytes=-60: a size is a whole number of bytes from 1 to 4294967295"),
            ("+1,60\n", "line 1: arrival_ns=+1: "),
            ("1, 60\n", "line 1: size_bytes= 60: "),
            ("1,60 \n", "line 1: size_bytes=60 : "),
            ("0x10,60\n", "line 1: arrival_ns=0x10: "),
            ("1e9,60\n", "line 1: arrival_ns=1e9: "),
            ("0.25,60\n", "; of seconds, write 1000000000 times as many"),
            ("1,60.0\n", "line 1: size_bytes=60.0: "),
            (",60\n", "line 1: arrival_ns: the column is empty; a time is a whole number"),
            ("1,\n", "line 1: size_bytes: the column is empty; a size is a whole number"),
            ("1,0\n", "line 1: size_bytes=0: a size is a whole number of bytes from 1 to 4294967295"),
            ("0,0\n", "line 1: size_bytes=0: "),
            ("0,000\n", "line 1: size_bytes=000: "),
            ("1,4294967296\n", "line 1: size_bytes=4294967296: "),
            ("1,18446744073709551676\n", "line 1: size_bytes=18446744073709551676: "),
            ("4611686018427387905,60\n", "line 1: arrival_ns=4611686018427387905: "),
            ("18446744073709551617,60\n", "line 1: arrival_ns=18446744073709551617: "),
            (
                "99999999999999999999999999999999999999999999999999,60\n",
                "line 1: arrival_ns=9999999999999999999999999999999999999999…: "
            ),
            (
                "9,60\n9,60\n8,60\n",
                "line 3: arrival_ns=8: time goes backwards: the packet before arrives at 9; sort the"
            ),
            ("arrival_ns,size_bytes\n9,60\n8,60", "line 3: arrival_ns=8: time goes backwards"),
            ("\"1\",\"60\"\n", "line 1: quotes are not read; write every column bare"),
            ("arrival_ns,size_bytes,note\n1,60,\"a\"\n", "line 2: quotes are not read"),
            ("note,arrival_ns,size_bytes\n\"a,5\",1,60\n", "line 2: quotes are not read"),
            ("1,60\r5,60\r", "line 1: the line has 3 columns"),
            ("1\0,60\n", "line 1: arrival_ns=1\\u{0}: "),
            ("1,6\u{1B}[2J0\n", "line 1: size_bytes=6\\u{1b}[2J0: "),
            ("1,60\n2,60\n\u{1A}", "line 3: size_bytes: the line has no such column"),
            ("１,60\n", "line 1: arrival_ns=１: "),
        ])
    func badLines(text: String, complaint: String) throws {
        let reading = Self.read(text)
        let error = try #require(reading.error)
        let description = error.description
        #expect(complaint.hasPrefix("line") ? description.hasPrefix(complaint) : description.hasSuffix(complaint))
        #expect(description.hasPrefix("line \(error.line): "))
        for length in 1...12 { #expect(Self.read(Array(text.utf8), inPiecesOf: length) == reading) }
    }

    @Test("UTF-16 is named", arguments: [[0xFF, 0xFE, 0x31, 0x00] as [UInt8], [0xFE, 0xFF, 0x00, 0x31]])
    func utf16(bytes: [UInt8]) {
        #expect(Self.read(bytes, inPiecesOf: 9).error?.description == "line 1: the text is in UTF-16; save it as UTF-8")
    }

    @Test("the end of a line does not count as part of it", arguments: ["\n", "\r\n"], [0, 1])
    func linesAtTheLimit(end: String, excess: Int) {
        let zeros = String(repeating: "0", count: TraceReader.longestLine - 4 + excess)
        for piece in [1 << 10, 1 << 21] {
            let reading = Self.read(Array("1,60\(end)5,\(zeros)60\(end)".utf8), inPiecesOf: piece)
            #expect((reading.error == nil) == (excess == 0))
            #expect(reading.packets.count == (excess == 0 ? 2 : 1))
        }
    }

    @Test("a header has the limit of a line", arguments: [0, 1], [1 << 10, 1 << 21])
    func headersAtTheLimit(excess: Int, piece: Int) {
        let names = "arrival_ns,size_bytes,"
        let note = String(repeating: "x", count: TraceReader.longestLine - names.utf8.count + excess)
        let reading = Self.read(Array("\(names)\(note)\r\n1,60,\r\n".utf8), inPiecesOf: piece)
        #expect(reading.error?.line == (excess == 0 ? nil : 1))
    }

    @Test("an empty line is named before an endless one", arguments: [1 << 10, 1 << 21])
    func emptyLineBeforeAnEndlessOne(piece: Int) {
        let digits = String(repeating: "5", count: 2 * TraceReader.longestLine)
        let reading = Self.read(Array("1,60\n\n\(digits)".utf8), inPiecesOf: piece)
        #expect(reading.error?.line == 2)
    }

    @Test("a line is not kept beyond its longest length", arguments: [0, 1], [1, 1 << 10, 1 << 16, 1 << 21])
    func longLines(excess: Int, piece: Int) {
        let start = "arrival_ns,size_bytes,note\n1,60,a\n2,60,"
        let note = String(repeating: "x", count: TraceReader.longestLine - 5 + excess)
        let reading = Self.read(Array("\(start)\(note)\n3,60,b\n".utf8), inPiecesOf: piece)
        let expected =
            excess == 0 ? nil : "line 3: the line is longer than 65536 bytes; each packet has a line of its own"
        #expect(reading.error?.description == expected)
        #expect(reading.packets.count == (excess == 0 ? 3 : 1))
    }

    @Test("a megabyte without a line end is one short message", arguments: [1 << 12, 1 << 21])
    func endlessLine(piece: Int) throws {
        let bytes = Array("1,60\n".utf8) + [UInt8](repeating: UInt8(ascii: "7"), count: 1 << 20)
        let error = try #require(Self.read(bytes, inPiecesOf: piece).error)
        #expect(error.description == "line 2: the line is longer than 65536 bytes; each packet has a line of its own")
    }

    @Test("whatever the bytes and however they are cut, the answer is one", arguments: 0..<40 as Range<UInt64>)
    func damagedTraces(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<40 {
            var bytes = Array((seed % 2 == 0 ? "arrival_ns,size_bytes\n" : "").utf8)
            for line in 0..<6 { bytes += Array("\(line * 1000),\(60 + line)\n".utf8) }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let alphabet = Array("0,\n\r\"-x \u{0}\u{FEFF}9".utf8)
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = alphabet.randomElement(using: &generator) ?? 0
                case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
                default: bytes.remove(at: place)
                }
            }
            let whole = Self.read(bytes, inPiecesOf: bytes.count)
            for length in [1, 2, 3, 7, 20] {
                let isSame = Self.read(bytes, inPiecesOf: length) == whole
                #expect(isSame, "seed \(seed), pieces of \(length): \(String(decoding: bytes, as: UTF8.self))")
            }
            // Every line up to the error is a packet, the header, or an empty end.
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
            #expect(whole.packets.count <= lines)
            if let error = whole.error { #expect((1...lines).contains(error.line)) }
        }
    }
}
