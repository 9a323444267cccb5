import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

/// What a link says about itself at its end.
@Suite struct ShapedLinkFigureTests {
    private static func delays(in proxy: Proxy) -> Int {
        proxy.facts.count { if case .linkDelayed = $0 { true } else { false } }
    }

    /// A queue that is small next to the bucket is full in the middle of a burst that the bucket pays for: the kernel would
    /// neither hold nor drop a byte of it.
    @Test(arguments: [
        ShapeDisruption(rate: .kilobits(8), burst: .kibibytes(1024), limit: .kibibytes(16)),
        ShapeDisruption(rate: .kilobits(8), burst: .kibibytes(1024), limit: .bytes(1000)),
    ])
    func whatTheBucketPaysForAtOnceIsNeitherDelayedNorRefused(shape: ShapeDisruption) async throws {
        let body = TransparencyTests.pattern(200_000)
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(body)
        }
        try await withShapedBench(server, shape) { proxy in
            let sockets = try (0..<3).map { _ in try proxy.connect() }
            for socket in sockets { socket.send("GET / HTTP/1.0\r\n\r\n") }
            for socket in sockets {
                let (bytes, ending) = try await onThread { socket.readAll() }
                #expect(bytes == body)
                #expect(ending == .end)
            }
            await proxy.lift()
            let record = try #require(proxy.links.first)
            #expect(record.bytes == 600_000)
            #expect(record.delayedBytes == 0)
            #expect(record.refusedBytes == 0)
            #expect(record.longestDelay == .zero)
            #expect(Self.delays(in: proxy) == 0)
        }
    }

    /// What has to wait for tokens is counted, also where it waits in the upstream's socket.
    @Test func whatTheBucketDoesNotPayForIsDelayedAndRefused() async throws {
        let shape = ShapeDisruption(rate: .megabits(8), burst: .bytes(20_000), limit: .bytes(10_000))
        let body = TransparencyTests.pattern(100_000)
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(body)
        }
        try await withShapedBench(server, shape) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, _) = try await onThread { socket.readAll() }
            #expect(bytes == body)
            await proxy.lift()
            let record = try #require(proxy.links.first)
            // On a busy machine the server may write in several parts, and the bucket earns between them.
            #expect((10_000...80_100).contains(record.delayedBytes), "\(record.delayedBytes)")
            // A kernel drops whole packets: bucket and queue may each have less room than one.
            #expect((1...70_000 + 2 * 1514).contains(record.refusedBytes), "\(record.refusedBytes)")
        }
    }

    /// Bytes that come at the pace at which others leave wait as long as the queue takes, however long it does not run dry.
    @Test func theLongestDelayIsThatOfAByteAndNotOfAQueueThatIsNeverEmpty() async throws {
        let shape = ShapeDisruption(rate: .kilobits(8), burst: .bytes(400), limit: .kibibytes(64))
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            // A third of a second of queue, and then as much as the rate takes away.
            socket.send([UInt8](repeating: 1, count: 700))
            for _ in 0..<60 {
                Thread.sleep(forTimeInterval: 0.05)
                socket.send([UInt8](repeating: 2, count: 50))
            }
        }
        try await withShapedBench(server, shape) { proxy in
            let socket = try proxy.connect()
            socket.send("GET / HTTP/1.0\r\n\r\n")
            let (bytes, _) = try await onThread { socket.readAll() }
            #expect(bytes.count == 3700)
            await proxy.lift()
            let record = try #require(proxy.links.first)
            // The queue is never empty for more than three seconds.
            #expect(record.longestDelay < .milliseconds(2500), "\(record.longestDelay)")
        }
    }
}
