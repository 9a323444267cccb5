import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Synchronization
import Testing

/// That a shaped link stands still for nobody, and keeps nobody else waiting.
@Suite struct ShapedLinkProgressTests {
    /// A link that pays for more than the machine can carry has something to do at every moment: the loop has other work too.
    @Test func aLinkThatIsNeverOutOfTokensLeavesTimeForTheRestOfTheLoop() async throws {
        let shape = ShapeDisruption(rate: .gigabits(800), burst: .mebibytes(1024), limit: .bytes(4000))
        let most = 2 << 30
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            let chunk = [UInt8](repeating: 7, count: 1 << 20)
            while socket.send(chunk) == nil {}
        }
        try await withShapedBench(server, shape) { proxy in
            let meter = Meter()
            let sockets = try (0..<16).map { _ in try proxy.connect() }
            for socket in sockets { socket.send("GET / HTTP/1.0\r\n\r\n") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for socket in sockets {
                    group.addTask {
                        try await onThread {
                            while meter.count < most, case .bytes(let bytes) = socket.read() { meter.add(bytes.count) }
                        }
                    }
                }
                _ = try await eventually { meter.count > 1 << 22 ? 1 : nil }
                await proxy.lift()
                meter.add(most)
                try await group.waitForAll()
            }
            let events = proxy.log.record.events
            let lifted = try #require(events.first { if case .faultLifted = $0.fact { true } else { false } })
            let ended = try #require(events.first { if case .linkEnded = $0.fact { true } else { false } })
            // Two gigabytes take much longer, and would be served first.
            #expect(ended.time - lifted.time < .seconds(10))
        }
    }

    /// Connections without a share of even one turn take turns with the room itself.
    @Test(arguments: [100, 1514, 2000, 4000] as [Int64])
    func roomForOneTurnGoesRound(limit: Int64) async throws {
        let shape = ShapeDisruption(rate: .megabits(8), burst: .bytes(1514), limit: .bytes(limit))
        let body = TransparencyTests.pattern(60_000)
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(body)
        }
        try await withShapedBench(server, shape) { proxy in
            let start = ContinuousClock.now
            let sockets = try (0..<6).map { _ in try proxy.connect() }
            for socket in sockets { socket.send("GET / HTTP/1.0\r\n\r\n") }
            let (first, last) = try await readSideBySide(sockets, expecting: body, since: start)
            // One after the other, the first would be done after a sixth of the time.
            #expect(first > last / 4)
        }
    }

    /// One that wants little is not kept waiting by one that wants everything and came first.
    @Test func aSmallAnswerOvertakesALargeOne() async throws {
        // The large one takes half a minute: however busy the machine is, the small one does not.
        let shape = ShapeDisruption(rate: .kilobits(128), burst: .bytes(3000), limit: .kibibytes(512))
        let size = 500_000
        let server = RawServer { _, _, socket in
            guard case .bytes(let request) = socket.read(), let size = Int(String(decoding: request, as: UTF8.self))
            else { return }
            socket.send([UInt8](repeating: 1, count: size))
        }
        try await withShapedBench(server, shape) { proxy in
            let meter = Meter()
            let large = try proxy.connect()
            async let reading: Void = onThread {
                while case .bytes(let bytes) = large.read() { meter.add(bytes.count) }
            }
            // On one thread, because the link does not wait for those of a busy pool.
            let before = try await onThread {
                large.send("\(size)")
                while meter.count < 4000 { usleep(1000) }
                let small = try proxy.connect()
                small.send("1000")
                let (bytes, _) = small.readAll()
                #expect(bytes.count == 1000)
                return meter.count
            }
            // All of the large one was at the link before the small one came.
            #expect(before < size)
            await proxy.lift()
            try await reading
            #expect(meter.count == size)
        }
    }
}

/// Adds numbers up, on several threads.
private final class Meter: Sendable {
    private let sum = Mutex(0)

    var count: Int { sum.withLock { $0 } }

    func add(_ number: Int) { sum.withLock { $0 += number } }
}
