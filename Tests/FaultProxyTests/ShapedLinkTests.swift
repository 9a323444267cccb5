import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import SocketIO
import Synchronization
import Testing

/// What goes to clients through a shaped link.
///
/// Times have lower bounds only: what the bucket guarantees on any machine.
@Suite struct ShapedLinkTests {
    /// Answers each connection with a body as soon as it has said something, and closes.
    private static func server(sending body: [UInt8]) -> RawServer {
        RawServer { server, number, socket in
            guard case .bytes = socket.read() else { return }
            if let refusal = socket.send(body) { server.note(refusal, on: number) }
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// What a bucket that was full at the beginning may have let through, in bytes.
    private static func most(_ shape: ShapeDisruption, in time: Duration) -> Double {
        let sustained = Double(shape.burst.bytes) + Double(shape.rate.bytesPerSecond) * seconds(time)
        guard let peak = shape.peak else { return sustained }
        return min(sustained, Double(peak.bucket.bytes) + Double(peak.rate.bytesPerSecond) * seconds(time))
    }

    /// Reads to the end, and checks after each read that no more has come than the bucket allows.
    private static func read(
        _ socket: RawSocket, within shape: ShapeDisruption, since start: ContinuousClock.Instant
    ) -> (bytes: [UInt8], excess: Double, ending: RawSocket.Read) {
        var bytes: [UInt8] = []
        var excess = -Double.infinity
        while true {
            switch socket.read() {
            case .bytes(let more):
                bytes += more
                // A byte of rounding for each packet of the cost, which is cut off to nanoseconds.
                excess = max(excess, Double(bytes.count) - most(shape, in: .now - start) - 1)
            case let ending: return (bytes, excess, ending)
            }
        }
    }

    @Test(arguments: [
        ShapeDisruption(rate: .megabits(4), burst: .kibibytes(32), limit: .mebibytes(2)),
        ShapeDisruption(rate: .megabits(8), burst: .bytes(1514), limit: .bytes(1514)),
        ShapeDisruption(rate: .kilobits(400), burst: .bytes(100), limit: .bytes(150)),
        ShapeDisruption(
            rate: .megabits(4), burst: .kibibytes(64), limit: .mebibytes(2),
            peak: PeakLimit(rate: .megabits(8), bucket: .bytes(1540))),
    ])
    func oneConnectionGetsEveryByteNoFasterThanTheBucketPays(shape: ShapeDisruption) async throws {
        let body = TransparencyTests.pattern(shape.burst.bytes < 1000 ? 15_000 : 150_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            let start = ContinuousClock.now
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, excess, ending) = try await onThread { Self.read(socket, within: shape, since: start) }
            #expect(bytes == body)
            #expect(ending == .end)
            #expect(excess <= 0, "\(excess) bytes more than the bucket pays for")
            await proxy.lift()
            let record = try #require(proxy.links.first)
            #expect(record.bytes == Int64(body.count))
            #expect(record.connections == 1)
            // The smallest of these buckets takes 2 ms to earn its burst again, more than a loop needs for a turn.
            #expect(record.delayedBytes >= Int64(body.count) / 2)
            #expect(record.mostHeld <= Int64(shape.limit.bytes))
            #expect(record.longestDelay > .zero)
        }
    }

    @Test func connectionsShareTheRateEvenly() async throws {
        let shape = ShapeDisruption(rate: .megabits(16), burst: .kibibytes(16), limit: .kibibytes(256))
        let body = TransparencyTests.pattern(250_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            let start = ContinuousClock.now
            let sockets = try (0..<8).map { _ in try proxy.connect() }
            for socket in sockets { socket.send("GET / HTTP/1.0\r\n\r\n") }
            let (first, last) = try await readSideBySide(sockets, expecting: body, since: start)
            #expect(Double(8 * body.count) <= Self.most(shape, in: last) + 8)
            // In turns, the first to have all of it is not long before the last, but for what a busy machine makes of it;
            // first come, first served would be at an eighth of the time.
            #expect(first > last / 4)
            await proxy.lift()
            #expect(proxy.links.first?.connections == 8)
        }
    }

    @Test func theLimitBoundsWhatTheLinkTakesInAndTheRestIsCounted() async throws {
        let shape = ShapeDisruption(rate: .megabits(1), burst: .bytes(1514), limit: .kibibytes(20))
        let body = TransparencyTests.pattern(100_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            let sockets = try (0..<3).map { _ in try proxy.connect() }
            for socket in sockets { socket.send("GET / HTTP/1.0\r\n\r\n") }
            let beginning = try await onThread { Self.read(6000, from: sockets[0]) }
            await proxy.lift()
            for (index, socket) in sockets.enumerated() {
                let (bytes, ending) = try await onThread { socket.readAll() }
                #expect((index == 0 ? beginning : []) + bytes == body)
                #expect(ending == .end)
            }
            let record = try #require(proxy.links.first)
            #expect(record.mostHeld <= 20 * 1024)
            #expect(record.mostHeld > 10 * 1024)
            #expect((1...Int64(3 * body.count)).contains(record.refusedBytes))
        }
    }

    /// Reads so many bytes, or fewer when the stream ends.
    private static func read(_ count: Int, from socket: RawSocket) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, case .bytes(let more) = socket.read(count - bytes.count) { bytes += more }
        return bytes
    }

    @Test func aClientThatTakesNothingHoldsUpNobody() async throws {
        let shape = ShapeDisruption(rate: .megabits(40), burst: .bytes(3000), limit: .bytes(4000))
        let body = TransparencyTests.pattern(400_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            let idle = try proxy.connect(receiveBuffer: 4096)
            idle.send("GET / HTTP/1.0\r\n\r\n")
            _ = try await eventually {
                proxy.facts.contains { if case .linkDelayed = $0 { true } else { false } } ? 1 : nil
            }
            let busy = try proxy.connect()
            busy.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, ending) = try await onThread { busy.readAll() }
            #expect(bytes == body)
            #expect(ending == .end)
            let (late, lateEnding) = try await onThread { idle.readAll() }
            #expect(late == body)
            #expect(lateEnding == .end)
        }
    }

    @Test func aClientThatGoesAwayLeavesItsRoomToTheOthers() async throws {
        let shape = ShapeDisruption(rate: .megabits(2), burst: .bytes(1514), limit: .kibibytes(8))
        let body = TransparencyTests.pattern(60_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            for _ in 0..<8 {
                let socket = try proxy.connect()
                socket.send("GET / HTTP/1.0\r\n\r\n")
                _ = try await onThread { socket.read(1) }
                socket.lingerZero()
            }
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, ending) = try await onThread { socket.readAll() }
            #expect(bytes == body)
            #expect(ending == .end)
        }
    }

    @Test func aResetBehindAPrefixWaitsForTheLink() async throws {
        let shape = ShapeDisruption(rate: .kilobits(800), burst: .bytes(1514), limit: .kibibytes(64))
        let body = TransparencyTests.pattern(100_000)
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".utf8)
        let reset = ProxyFault("reset", .reset(ResetDisruption(selection: .first(1), responsePrefix: 20_000)))
        try await withShapedBench(Self.server(sending: head + body), shape, also: [reset]) { proxy in
            let start = ContinuousClock.now
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            let (bytes, excess, ending) = try await onThread { Self.read(socket, within: shape, since: start) }
            #expect(bytes == Array((head + body)[..<20_000]))
            #expect(ending == .reset)
            #expect(excess <= 0)
            #expect(proxy.resets.count == 1)
        }
    }

    @Test func anAnswerThatIsWithheldTakesNoRoom() async throws {
        let shape = ShapeDisruption(rate: .megabits(100), burst: .bytes(3000), limit: .bytes(3000))
        let reset = ProxyFault("reset", .reset(ResetDisruption(delay: .seconds(60), selection: .first(1))))
        try await withShapedBench(.http(body: 50_000), shape, also: [reset]) { proxy in
            let picked = try proxy.connect()
            picked.send("GET /picked HTTP/1.1\r\nHost: test\r\n\r\n")
            _ = try await eventually {
                proxy.facts.contains { if case .responseStarted = $0 { true } else { false } } ? 1 : nil
            }
            let outcome = try await proxy.fetch("/spared", body: 50_000)
            #expect(outcome == .answered)
            await proxy.lift(["reset"])
            let answer = try await onThread { picked.readAnswer(body: 50_000) }
            #expect(answer == .answered)
        }
    }

    @Test func theEndOfTheFaultLetsEverythingGo() async throws {
        let shape = ShapeDisruption(rate: .kilobits(8), burst: .bytes(1514), limit: .kibibytes(64))
        let body = TransparencyTests.pattern(50_000)
        try await withShapedBench(Self.server(sending: body), shape) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            _ = try await onThread { socket.read(1) }
            await proxy.lift()
            #expect(proxy.links.count == 1, "the sums are in the log when the fault is lifted")
            // At 8 kbit/s this would take 48 seconds, and the socket gives up after 10.
            let (bytes, ending) = try await onThread { socket.readAll() }
            #expect(bytes.count == body.count - 1)
            #expect(ending == .end)
        }
    }

    @Test func aChangeTakesEffectOnOpenConnections() async throws {
        let slow = ShapeDisruption(rate: .kilobits(8), burst: .bytes(1514), limit: .kibibytes(64))
        let fast = ShapeDisruption(rate: .megabits(80), burst: .kibibytes(32), limit: .kibibytes(64))
        let body = TransparencyTests.pattern(50_000)
        try await withShapedBench(Self.server(sending: body), slow) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            _ = try await onThread { socket.read(1) }
            try await proxy.arm([ProxyFault("shape", .shape(fast))])
            let (bytes, ending) = try await onThread { socket.readAll() }
            #expect(bytes.count == body.count - 1)
            #expect(ending == .end)
            try await proxy.arm([ProxyFault("shape", .shape(fast))])
            #expect(proxy.links.count == 1, "arming the same again changes nothing")
            await proxy.lift()
            #expect(proxy.links.map(\.burst) == [1514, 32_768])
        }
    }

    @Test(arguments: [("127.0.0.0/8", true), ("10.0.0.0/8", false), ("::/0", false), ("127.0.0.1|1", false)])
    func onlyClientsThatAreMeantAreShaped(destination: String, isMeant: Bool) async throws {
        let shape = ShapeDisruption(
            rate: .kilobits(400), burst: .bytes(1514), limit: .kibibytes(64),
            destinations: .only(addresses: [try Destination<IPNetwork>.read(destination)], hosts: []))
        try await withShapedBench(Self.server(sending: TransparencyTests.pattern(10_000)), shape) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, _) = try await onThread { socket.readAll() }
            #expect(bytes.count == 10_000)
            await proxy.lift()
            #expect(proxy.links.map(\.bytes) == [isMeant ? 10_000 : 0])
        }
    }

    @Test func ofSeveralLinksTheFirstArmedThatMeansAClientShapesIt() async throws {
        let others = ShapeDisruption(
            rate: .kilobits(8), burst: .bytes(1514), limit: .kibibytes(64),
            destinations: .only(addresses: [try Destination<IPNetwork>.read("10.0.0.0/8")], hosts: []))
        let wide = ShapeDisruption(rate: .megabits(8), burst: .bytes(1514), limit: .kibibytes(64))
        let late = ProxyFault(
            "late", .shape(ShapeDisruption(rate: .kilobits(8), burst: .bytes(1514), limit: .kibibytes(64))))
        let body = TransparencyTests.pattern(20_000)
        try await withShapedBench(
            Self.server(sending: body), others, also: [ProxyFault("wide", .shape(wide)), late]
        ) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, _) = try await onThread { socket.readAll() }
            #expect(bytes == body)
            await proxy.lift()
            #expect(proxy.links.map(\.bytes) == [0, 20_000, 0])
        }
    }

    /// Also when there is no room for most of them yet when it does.
    @Test(arguments: [
        ShapeDisruption(rate: .kilobits(200), burst: .bytes(1514), limit: .kibibytes(64)),
        ShapeDisruption(rate: .kilobits(200), burst: .bytes(1514), limit: .bytes(3000)),
    ])
    func anUpstreamThatResetsIsPassedOnBehindItsBytes(shape: ShapeDisruption) async throws {
        let clientHasSome = DispatchSemaphore(value: 0)
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send([UInt8](repeating: 7, count: 20_000))
            // All of it has come to the proxy by then, and most of it is still there.
            clientHasSome.wait()
            socket.lingerZero()
        }
        try await withShapedBench(server, shape) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let beginning = try await onThread { Self.read(2000, from: socket) }
            clientHasSome.signal()
            let (bytes, ending) = try await onThread { socket.readAll() }
            #expect(beginning.count + bytes.count == 20_000)
            #expect(ending == .reset)
        }
    }

    /// Many connections of all kinds at a link that comes, changes and goes: nothing is lost, nothing stands still.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func nothingIsLostWhateverComesAndGoes(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let longest = TransparencyTests.pattern(120_000)
        let server = RawServer { _, _, socket in
            guard case .bytes(let request) = socket.read(), let size = Int(String(decoding: request, as: UTF8.self))
            else { return }
            socket.send(Array(longest[..<size]))
        }
        let shapes = (0..<6).map { _ in
            ShapeDisruption(
                rate: .megabits(Int64.random(in: 20...400, using: &random)),
                burst: .bytes(Int64.random(in: 700...40_000, using: &random)),
                limit: .bytes(Int64.random(in: 1000...60_000, using: &random)))
        }
        let clients = (0..<120).map { _ in
            (
                size: Int.random(in: 1...120_000, using: &random), chunk: Int.random(in: 500...60_000, using: &random),
                pause: Int.random(in: 0...3, using: &random),
                buffer: Int.random(in: 0...1, using: &random)
            )
        }
        try await withShapedBench(server, shapes[0]) { proxy in
            let turns = Turns()
            let bad = Tally<String>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await onThread {
                            while let turn = turns.next(below: clients.count) {
                                let client = clients[turn]
                                let socket = try proxy.connect(
                                    timeout: 30, receiveBuffer: client.buffer == 0 ? nil : 4096)
                                socket.send("\(client.size)")
                                let pause = Double(client.pause) / 2000
                                let (bytes, ending) = socket.readAll(pausing: pause, chunk: client.chunk)
                                if bytes != Array(longest[..<client.size]) || ending != .end {
                                    bad.add("\(client): \(bytes.count) bytes, \(ending)")
                                }
                            }
                        }
                    }
                }
                group.addTask {
                    for turn in 0... {
                        if turn.isMultiple(of: 5) {
                            await proxy.lift()
                        } else {
                            try await proxy.arm([ProxyFault("shape", .shape(shapes[turn % shapes.count]))])
                        }
                        try await Task.sleep(for: .milliseconds(7))
                        if turns.taken == clients.count { break }
                    }
                }
                try await group.waitForAll()
            }
            #expect(bad.entries == [], "seed \(seed)")
            await proxy.lift()
            let limits = shapes.map { Int64($0.limit.bytes) }
            #expect(proxy.links.allSatisfy { $0.mostHeld <= limits.max() ?? 0 })
        }
    }

    @Test func aHostThatDoesNotExistArmsNothing() async throws {
        let known = try Destination<HostName>.read("localhost")
        let unknown = try Destination<HostName>.read("no-such-host.invalid")
        func shape(_ hosts: [Destination<HostName>]) -> ProxyFault {
            ProxyFault(
                "hosts",
                .shape(
                    ShapeDisruption(
                        rate: .megabits(1), burst: .bytes(1514), limit: .kibibytes(64),
                        destinations: .only(addresses: [], hosts: hosts))))
        }
        try await withBench(.http(body: 3000)) { proxy in
            let error = await #expect(throws: AddressError.self) { try await proxy.arm([shape([known, unknown])]) }
            #expect(error?.text == "no-such-host.invalid")
            #expect(proxy.armedFaults == [])
            try await proxy.arm([shape([known])])
            #expect(try await proxy.fetch(body: 3000) == .answered)
            await proxy.lift()
            #expect(proxy.links.first?.connections == 1)
        }
    }

    @Test func severalThreadsCannotShareABucket() async {
        await #expect(processExitsWith: .failure) {
            try await withBench(.http(), threads: 2) { proxy in
                let shape = ShapeDisruption(rate: .megabits(1), burst: .bytes(1514), limit: .kibibytes(64))
                try await proxy.arm([ProxyFault("shape", .shape(shape))])
            }
        }
    }
}

/// Hands out numbers from 0, to several threads.
private final class Turns: Sendable {
    private let count = Mutex(0)

    var taken: Int { count.withLock { $0 } }

    func next(below limit: Int) -> Int? {
        count.withLock { count in
            guard count < limit else { return nil }
            defer { count += 1 }
            return count
        }
    }
}
