import Evidence
import FaultModel
import Foundation
import Reports
import Testing

/// `Docs/event-log.md` and the code say the same.
@Suite struct EventLogPageTests {
    private static func page() throws -> String {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        return try String(contentsOf: root.appending(path: "Docs/event-log.md"), encoding: .utf8)
    }

    /// The rows of the table under a heading, as cells; without the row of titles.
    private static func table(_ heading: String) throws -> [[String]] {
        let section = try #require(
            try page().components(separatedBy: "\n## ")
                .first { $0.hasPrefix(heading + "\n") })
        return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The words in backticks.
    private static func names(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    private static func object(_ line: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }

    @Test func everyFactHasItsEvent() throws {
        #expect(factSamples.map(\.event) + [.logMissed] == JSONLinesEvent.allCases)
        for (event, facts) in factSamples {
            #expect(!facts.isEmpty)
            for fact in facts {
                let line = JSONLines.line(Event(id: 1, time: .zero, fact: fact))
                #expect(try Self.object(line)["event"] as? String == event.rawValue)
            }
        }
    }

    @Test func thePageListsEveryEventWithItsFields() throws {
        let rows = try Self.table("Events")
        #expect(Set(rows.flatMap { Self.names($0[0]) }) == Set(JSONLinesEvent.allCases.map(\.rawValue)))
        #expect(rows.count == JSONLinesEvent.allCases.count)
        for row in rows {
            let event = try #require(JSONLinesEvent(rawValue: Self.names(row[0]).joined()))
            let optional = Set(
                row[1].split(separator: " ").filter { $0.hasSuffix("?") }.flatMap { Self.names(String($0)) })
            var lines: [[UInt8]] = (factSamples.first { $0.event == event }?.facts ?? [])
                .map { JSONLines.line(Event(id: 1, time: .zero, fact: $0)) }
            if event == .logMissed { lines.append(JSONLines.line(.missed(1..<3))) }
            let found = try lines.map { Set(try Self.object($0).keys).subtracting(["id", "t", "event"]) }
            let union = found.reduce(Set()) { $0.union($1) }
            let always = found.dropFirst().reduce(found.first ?? []) { $0.intersection($1) }
            #expect(union == Set(Self.names(row[1])), "\(event.rawValue)")
            #expect(union.subtracting(always) == optional, "\(event.rawValue)")
        }
    }

    @Test func thePageListsEveryField() throws {
        let rows = try Self.table("Fields")
        #expect(rows.flatMap { Self.names($0[0]) }.sorted() == JSONLinesField.allCases.map(\.rawValue).sorted())
        #expect(rows.allSatisfy { ["number", "text", "true, false"].contains($0[1]) && !$0[3].isEmpty })
    }

    @Test(
        arguments: [
            ("by", ConnectionEnd.Party.allCases.map(\.rawValue)), ("how", ConnectionEnd.Form.allCases.map(\.rawValue)),
            ("phase", Phase.allCases.map(\.rawValue)), ("protocol", ["http1", "http2", "tls", "opaque"]),
            ("outcome", ["returned", "threw", "overdue"]),
            ("reason", ["reset:cancelled"] + ResetCancellation.allCases.map(\.rawValue)),
        ])
    func thePageListsTheValuesOfClosedTexts(field: String, values: [String]) throws {
        let row = try #require(try Self.table("Fields").first { Self.names($0[0]) == [field] })
        #expect(Set(Self.names(row[3])) == Set(values))
    }

    @Test func thePageListsTheHeader() throws {
        var record = JSONLines.encode(story([], discarded: 1), header: JSONLinesHeader(started: 0, seed: 0))
        record.removeLast()
        #expect(Set(try Self.table("Header").flatMap { Self.names($0[0]) }) == Set(try Self.object(record).keys))
    }

    /// The example at the top of the page is what the code writes for a request that is reset.
    @Test func theExampleIsReal() throws {
        let example = try #require(
            try Self.page().components(separatedBy: "```json\n").dropFirst().first?
                .components(separatedBy: "```").first)
        let pod: FaultName = "pod-http-reset-peer"
        let record = try Self.record(
            asking: RequestLine(method: "GET", target: "/price"), of: pod, at: Self.times(in: example))
        let header = try Self.object(Array(example.utf8.prefix { $0 != 0x0A }))
        let started = try #require(header["started"] as? Int64)
        let text = JSONLines.encode(record, header: JSONLinesHeader(started: started, seed: 42))
        #expect(String(decoding: text, as: UTF8.self) == example)
    }

    /// The moments that the example was measured at; everything else must follow from the code.
    private static func times(in example: String) throws -> [Int64] {
        try example.split(separator: "\n").dropFirst().map { line in
            try #require(try object(Array(line.utf8))["t"] as? Int64)
        }
    }

    private static func record(asking line: RequestLine, of fault: FaultName, at times: [Int64]) throws -> EventRecord {
        let facts: [Fact] = [
            .faultArmed(fault),
            .connectionAccepted(connection(1), peer: "127.0.0.1:57294"),
            .upstreamConnected(connection(1)),
            .protocolRecognized(connection(1), .http1),
            .requestReceived(request(1, 1), line),
            .decided(request(1, 1), Decision(selected: true, fault: fault, key: "arrival:1")),
            .requestCompleted(request(1, 1), bytes: 84),
            .responseStarted(request(1, 1), status: 200),
            .resetSent(
                request(1, 1), ResetRecord(fault: fault, lateness: .nanoseconds(199_934), responseBytes: 0)),
            .connectionClosed(
                connection(1),
                ConnectionEnd(
                    by: .fault, how: .reset, bytesFromClient: 84, bytesToClient: 0, bytesToUpstream: 84,
                    bytesFromUpstream: 204)),
        ]
        try #require(times.count == facts.count)
        return EventRecord(
            events: zip(times, facts).enumerated().map { index, entry in
                Event(id: index + 1, time: Timestamp(nanoseconds: entry.0), fact: entry.1)
            })
    }
}
