import FaultModel
import Testing

@testable import Evidence

@Suite(.timeLimit(.minutes(1)))
struct LiveEventsTests {
    /// Items as short texts: `3` for an event, `1-2` for a gap.
    private static func text(_ item: LiveEvent) -> String {
        switch item {
        case .event(let event): "\(event.id)"
        case .missed(let ids): "\(ids.lowerBound)-\(ids.upperBound - 1)"
        }
    }

    private static func all(_ events: LiveEvents) async -> [String] {
        var texts: [String] = []
        for await item in events { texts.append(text(item)) }
        return texts
    }

    /// A reader that comes when so many events exist already.
    @Test(
        arguments: [
            (nil, 10, 0, []),
            (nil, 10, 3, ["1", "2", "3"]),
            (nil, 3, 3, ["1", "2", "3"]),
            (nil, 3, 4, ["1-2", "3", "4"]),
            (nil, 4, 9, ["1-7", "8", "9"]),
            (nil, 1, 1, ["1"]),
            (nil, 1, 2, ["1-1", "2"]),
            (nil, 1, 600, ["1-599", "600"]),
            (2, 10, 2, ["1", "2"]),
            (2, 10, 3, ["1-2", "3"]),
            (1, 10, 5, ["1-4", "5"]),
            (600, 3, 700, ["1-698", "699", "700"]),
        ] as [(Int?, Int, Int, [String])])
    func skipsVisiblyWhenTheLagIsTooLarge(capacity: Int?, maximumLag: Int, events: Int, expected: [String]) async {
        let log = EventLog(capacity: capacity)
        if events > 0 { log.note(1...events) }
        log.finish()
        #expect(await Self.all(log.live(maximumLag: maximumLag)) == expected)
    }

    @Test func aSlowReaderSkipsWhileItReadsAndCatchesUp() async {
        let log = EventLog()
        var reader = log.live(maximumLag: 4).makeAsyncIterator()
        log.note(1...3)
        #expect(await reader.next().map(Self.text) == "1")
        log.note(4...9)
        #expect(await reader.next().map(Self.text) == "2-7")
        #expect(await reader.next().map(Self.text) == "8")
        log.note(10...12)
        #expect(await reader.next().map(Self.text) == "9")
        log.finish()
        for id in 10...12 { #expect(await reader.next().map(Self.text) == "\(id)") }
        #expect(await reader.next() == nil)
        // The end is final, whatever the log still takes.
        log.note(13...13)
        #expect(await reader.next() == nil)
    }

    @Test func beginsWhereItWasAskedTo() async {
        let log = EventLog()
        log.note(1...2)
        let fromNow = log.live(from: .now)
        log.note(3...4)
        log.finish()
        #expect(await Self.all(fromNow) == ["3", "4"])
        #expect(await Self.all(log.live(from: .beginning)) == ["1", "2", "3", "4"])
        #expect(await Self.all(log.live(from: .now)) == [])
        // A sequence can be read again.
        #expect(await Self.all(fromNow) == ["3", "4"])
    }

    @Test func wakesAReaderThatWaits() async {
        let log = EventLog()
        async let texts = Self.all(log.live())
        for number in 1...50 {
            log.note(number...number)
            await Task.yield()
        }
        log.finish()
        #expect(await texts == (1...50).map(String.init))
    }

    @Test(arguments: [false, true])
    func cancellationEndsAReaderAtOnce(whileItWaits: Bool) async {
        let log = EventLog()
        log.note(1...3)
        let (progress, reporter) = AsyncStream.makeStream(of: Int.self)
        let reader = Task {
            var seen = 0
            for await _ in log.live() {
                seen += 1
                reporter.yield(seen)
                // With events left to read, the reader cancels itself; otherwise it is cancelled while it waits.
                if !whileItWaits { withUnsafeCurrentTask { $0?.cancel() } }
            }
            reporter.finish()
            return seen
        }
        for await seen in progress where whileItWaits && seen == 3 { reader.cancel() }
        #expect(await reader.value == (whileItWaits ? 3 : 1))
        log.note(4...4)
        #expect(log.record.events.count == 4)
    }

    @Test func cancellationNeverLosesARaceAgainstAppending() async {
        // Either order of the two ends the reader; a lost wake-up would hang here.
        for _ in 0..<500 {
            let log = EventLog()
            let reader = Task { await Self.all(log.live()) }
            let writer = Task { log.note(1...2) }
            reader.cancel()
            await writer.value
            let seen = await reader.value
            #expect(["1", "2"].starts(with: seen))
        }
    }

    /// What may happen between looking for an event and waiting for it; a wait that missed it would last for ever.
    @Test(arguments: ["append", "finish", "cancel"])
    func doesNotWaitForWhatHasHappened(between: String) async {
        let log = EventLog()
        await Task {
            guard case .nothingYet(let ticket) = log.read(at: 1, maximumLag: 1) else {
                Issue.record("an empty log had something to read")
                return
            }
            switch between {
            case "append": log.note(1...1)
            case "finish": log.finish()
            default: withUnsafeCurrentTask { $0?.cancel() }
            }
            await log.wait(for: 1, ticket: ticket, isolation: nil)
        }.value
    }

    @Test func refusesAReaderThatMayNeverBeBehind() async {
        await #expect(processExitsWith: .failure) { _ = EventLog { .zero }.live(maximumLag: 0) }
    }
}
