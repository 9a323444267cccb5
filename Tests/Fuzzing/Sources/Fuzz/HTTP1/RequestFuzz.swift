import Evidence
import FaultModel
import Reports

@testable import ResetPeer

/// Requests however they are cut, held against a slow reading of the RFC, and on into the event log.
enum RequestFuzz {
    static func play(_ input: [UInt8]) {
        let stream = expanded(input)
        let expected = ReferenceRequests(stream)
        var first: Reading?
        Cuts.each(of: stream) { chunks in
            let reading = Reading(stream, chunks)
            reading.check(against: expected)
            if stream.count <= LineReader.longestLine {
                check(first == nil || first == reading, "read \(String(describing: first)), cut \(reading)")
            }
            first = reading
        }
        for case .head(let head) in first?.marks.map(\.mark) ?? [] { checkLog(of: head) }
    }

    /// Whatever a client calls its request, a line of the log is a line of JSON.
    private static func checkLog(of head: RequestHead) {
        let line = RequestLine(
            method: head.method, target: head.target, idempotencyKeyHash: head.idempotencyKeyHash)
        let request = RequestID(connection: ConnectionID(1), ordinal: 1)
        let fact = Fact.requestReceived(request, line)
        let bytes = JSONLines.line(Event(id: 0, time: .zero, fact: fact))
        check(bytes.filter { $0 == 10 }.count == 1 && bytes.last == 10, "a row of the log is not one line")
        check(JSONGrammar.accepts(bytes), "no JSON: \(String(decoding: bytes, as: UTF8.self))")
        checkLine(fact.description, "a fact")
    }

    private struct Reading: Equatable {
        struct Place: Equatable {
            let position: Int
            let mark: RequestRecognizer.Mark
        }

        private(set) var marks: [Place] = []
        private(set) var refusal: Unreadable?
        private(set) var refusedAt: UInt64?
        private(set) var isInsideHead = false

        init(_ stream: [UInt8], _ chunks: [Range<Int>]) {
            var recognizer = RequestRecognizer()
            for chunk in chunks {
                stream[chunk].withUnsafeBytes { bytes in
                    var index = 0
                    while let mark = recognizer.advance(bytes, from: &index) {
                        Fuzz.check(refusal == nil, "a mark behind the end of reading")
                        if case .unreadable(let why) = mark {
                            refusal = why
                            refusedAt = recognizer.requestStart
                        } else {
                            marks.append(Place(position: chunk.lowerBound + index, mark: mark))
                        }
                    }
                    Fuzz.check(index == bytes.count, "bytes were left that nobody will show again")
                }
            }
            isInsideHead = recognizer.isInsideHead
        }

        func check(against expected: ReferenceRequests) {
            let found = marks.map { place -> (position: Int, mark: ReferenceRequests.Mark) in
                guard case .head(let head) = place.mark else { return (place.position, .end) }
                let known = ReferenceRequests.Head(
                    method: head.method, target: head.target, asksForUpgrade: head.asksForUpgrade,
                    asksForClose: head.asksForClose, hasKey: head.idempotencyKeyHash != nil)
                return (place.position, .head(known))
            }
            Fuzz.check(
                found.elementsEqual(expected.marks, by: ==), "found \(found), the reference \(expected.marks)")
            Fuzz.check(
                refusedAt.map(Int.init) == expected.refusedAt,
                "refused at \(String(describing: refusedAt)) for \(String(describing: refusal)), the reference at "
                    + String(describing: expected.refusedAt))
        }
    }
}
