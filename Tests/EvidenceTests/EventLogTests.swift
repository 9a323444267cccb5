import Evidence
import FaultModel
import Synchronization
import Testing

@Suite struct EventLogTests {
    @Test func numbersEventsFromOneAndKeepsTheirMoments() {
        let clock = Mutex<Int64>(0)
        let log = EventLog {
            Timestamp(
                nanoseconds: clock.withLock {
                    $0 += 5; return $0
                })
        }
        log.append(.note("a"))
        log.append(.note("b"), at: Timestamp(nanoseconds: 3))
        log.append(contentsOf: [(Timestamp(nanoseconds: 1), .note("c")), (Timestamp(nanoseconds: 2), .note("d"))])
        log.append(contentsOf: [])
        #expect(log.record.events.map(\.id) == [1, 2, 3, 4])
        #expect(log.record.events.map(\.time.nanoseconds) == [5, 3, 1, 2])
        #expect(log.record.events.map(\.fact) == ["a", "b", "c", "d"].map(Fact.note))
        #expect(log.record.isComplete)
    }

    /// The edges of the bound, of a chunk (512), and of both.
    @Test(
        arguments: [
            (nil, 0), (nil, 1), (nil, 511), (nil, 512), (nil, 513), (nil, 2000),
            (1, 0), (1, 1), (1, 2), (1, 511), (1, 512), (1, 513), (1, 514), (1, 2000), (3, 2), (3, 3), (3, 4), (3, 515),
            (511, 1023), (511, 1024), (511, 1025), (512, 512), (512, 513), (512, 1024), (512, 1025), (513, 1025),
            (513, 1026), (1000, 5000),
        ] as [(Int?, Int)])
    func keepsTheNewestUpToItsBound(capacity: Int?, appended: Int) {
        let log = EventLog(capacity: capacity)
        if appended > 0 { log.note(1...appended) }
        let kept = min(capacity ?? .max, appended)
        let record = log.record
        #expect(record.events.map(\.id) == Array(appended - kept + 1..<appended + 1))
        #expect(record.events.allSatisfy { $0.fact == .note("\($0.id)") })
        #expect(record.discarded == appended - kept)
        #expect(log.tally.events == appended)
    }

    @Test func aRecordDoesNotChangeWhenTheLogGrows() {
        let log = EventLog()
        log.note(1...600)
        let record = log.record
        log.note(601...1300)
        #expect(record.events.map(\.id) == Array(1...600))
        #expect(log.record.events.count == 1300)
    }

    @Test func handsOutNumbersFromOne() {
        let log = EventLog()
        #expect([log.nextConnection(), log.nextConnection()] == [ConnectionID(1), ConnectionID(2)])
        #expect([log.nextCall(), log.nextCall()] == [CallID(1), CallID(2)])
    }

    @Test func refusesABoundOfNothing() async {
        await #expect(processExitsWith: .failure) { _ = EventLog(capacity: 0) { .zero } }
    }

    @Test func takesFactsAfterItWasFinished() {
        let log = EventLog()
        log.finish()
        log.note(1...1)
        log.finish()
        #expect(log.record.events.count == 1)
    }

    @Test func eightWritersAndThreeReadersLoseNothing() async {
        let log = EventLog()
        let perWriter = 2000
        await withTaskGroup(of: [Event.ID]?.self) { group in
            for reader in 0..<3 {
                group.addTask {
                    var seen: [Event.ID] = []
                    for await item in log.live(maximumLag: reader == 0 ? .max : 1 << 20) {
                        switch item {
                        case .event(let event): seen.append(event.id)
                        case .missed(let ids): Issue.record("missed \(ids) within the allowance")
                        }
                    }
                    return seen
                }
            }
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<perWriter / 2 {
                        log.append(.note("\(writer) \(2 * number)"))
                        log.append(contentsOf: [(.zero, .note("\(writer) \(2 * number + 1)"))])
                    }
                    return nil
                }
            }
            var writers = 0
            for await seen in group {
                if let seen {
                    #expect(seen == Array(1...8 * perWriter))
                } else {
                    writers += 1
                    if writers == 8 { log.finish() }
                }
            }
        }
        let events = log.record.events
        #expect(events.map(\.id) == Array(1...8 * perWriter))
        // Each writer's own facts stand in the order in which it wrote them.
        for writer in 0..<8 {
            let own = events.compactMap { event -> String? in
                guard case .note(let text) = event.fact, text.hasPrefix("\(writer) ") else { return nil }
                return text
            }
            #expect(own == (0..<perWriter).map { "\(writer) \($0)" })
        }
    }
}
