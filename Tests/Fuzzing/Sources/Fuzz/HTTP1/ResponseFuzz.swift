@testable import FaultLab
@testable import ResetPeer

/// Answers however they are cut, held against a slow reading of the RFC, and the bodies that the prober takes out of them.
///
/// The first byte of an input names the request: `h` for HEAD, `c` for CONNECT, anything else for the others.
enum ResponseFuzz {
    static func play(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let request: ResponseRecognizer.RequestKind =
            switch first {
            case UInt8(ascii: "h"): .head
            case UInt8(ascii: "c"): .connect
            default: .other
            }
        let stream = expanded(Array(input.dropFirst()))
        let expected = ReferenceResponses(stream, answering: request)
        Cuts.each(of: stream) { chunks in
            Reading(stream, chunks, answering: request).check(against: expected)
        }
    }

    private struct Reading {
        private var marks: [(position: Int, mark: ReferenceResponses.Mark)] = []
        private var refusal: String?
        private var endsWithConnection: Bool
        private var bodies: [[UInt8]] = []
        /// What is kept of a body whose answer is not over.
        private var body: HTTPProberBody?
        private var shortBody: HTTPProberBody?

        private static let shortLimit = 5

        init(_ stream: [UInt8], _ chunks: [Range<Int>], answering request: ResponseRecognizer.RequestKind) {
            var recognizer = ResponseRecognizer()
            endsWithConnection = false
            for chunk in chunks {
                stream[chunk].withUnsafeBytes { bytes in
                    var index = 0
                    while true {
                        let start = index
                        let mark = recognizer.advance(bytes, from: &index, answering: request)
                        if bodies.isEmpty {
                            body?.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                            shortBody?.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                        }
                        guard let mark else { break }
                        take(mark, at: chunk.lowerBound + index)
                    }
                    Fuzz.check(index == bytes.count, "bytes were left that nobody will show again")
                }
            }
            endsWithConnection = recognizer.endsWithConnection
        }

        private mutating func take(_ mark: ResponseRecognizer.Mark, at position: Int) {
            Fuzz.check(refusal == nil, "a mark behind the end of reading")
            switch mark {
            case .status(let status):
                marks.append((position, .status(status)))
                guard bodies.isEmpty, status >= 200 else { return }
                body = HTTPProberBody(limit: .max)
                shortBody = HTTPProberBody(limit: Self.shortLimit)
            case .interimEnd: marks.append((position, .interimEnd))
            case .end:
                marks.append((position, .end))
                if let body { bodies.append(body.bytes) }
            case .switched: marks.append((position, .switched))
            case .unreadable(let why): refusal = why
            }
        }

        func check(against expected: ReferenceResponses) {
            Fuzz.check(marks.elementsEqual(expected.marks, by: ==), "found \(marks), the reference \(expected.marks)")
            Fuzz.check((refusal != nil) == expected.isRefused, "refused for \(String(describing: refusal))")
            Fuzz.check(endsWithConnection == expected.endsWithConnection, "the end is seen elsewhere")
            guard refusal == nil, let body, let whole = expected.firstBody, expected.marks.last?.mark != .switched
            else { return }
            let kept = bodies.first ?? body.bytes
            Fuzz.check(kept == whole, "kept a body of \(kept.count) bytes, the reference \(whole.count)")
            let short = shortBody?.bytes ?? []
            Fuzz.check(short == Array(whole.prefix(Self.shortLimit)), "kept another beginning: \(short)")
            Fuzz.check(shortBody?.isCut == (whole.count > Self.shortLimit), "a body was cut without a word")
        }
    }
}
