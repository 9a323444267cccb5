import Evidence
import FaultLabTestSupport
import FaultModel
import FaultProxy
import Foundation
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Exchanges of all kinds and sizes at once, as seeds decide: every byte has its place, and every end its form.
@Suite(.serialized) struct RandomTrafficTests {
    /// What passes on one connection; client and server make it from the same seed.
    struct Plan: Sendable {
        var exchanges: [(request: [UInt8], answer: [UInt8])] = []
        /// How the server ends: behind the last answer it waits for its client, or it ends itself.
        var serverEnds = Ending.waits
        /// Bytes of the last answer behind which the server ends before its time.
        var cut: Int?
        var clientFinishesEarly = false
        var isPipelined = false
        var receiveBuffer: Int32?
        var pauses = false

        enum Ending { case waits, finishes, resets }

        init(seed: UInt64) {
            var random = SplitMix64(seed: seed)
            let count = Int.random(in: 1...4, using: &random)
            isPipelined = Int.random(in: 0..<4, using: &random) == 0
            receiveBuffer = Int.random(in: 0..<4, using: &random) == 0 ? 4096 : nil
            pauses = Int.random(in: 0..<4, using: &random) == 0
            clientFinishesEarly = Int.random(in: 0..<5, using: &random) == 0
            switch Int.random(in: 0..<6, using: &random) {
            case 0: serverEnds = .finishes
            case 1: serverEnds = .resets
            default: break
            }
            for number in 0..<count {
                let isLast = number == count - 1
                var isHead = false
                let request = Self.request(seed, number, &isHead, &random)
                let untilClose = isLast && serverEnds == .finishes && Bool.random(using: &random)
                exchanges.append((request, Self.answer(isHead: isHead, untilClose: untilClose, &random)))
            }
            if serverEnds == .resets || serverEnds == .finishes && Bool.random(using: &random) {
                cut = Int.random(in: 0...exchanges[count - 1].answer.count, using: &random)
            }
        }

        private static func size(_ random: inout SplitMix64) -> Int {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: 0
            case 1...4: Int.random(in: 1...2000, using: &random)
            case 5...7: Int.random(in: 2000...200_000, using: &random)
            case 8: 65_536 * Int.random(in: 1...4, using: &random)
            default: Int.random(in: 200_000...3_000_000, using: &random)
            }
        }

        private static func body(_ random: inout SplitMix64) -> [UInt8] {
            let start = Int.random(in: 0..<251, using: &random)
            return Array(TransparencyTests.pattern(size(&random) + start).dropFirst(start))
        }

        private static func chunked(_ body: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
            var bytes: [UInt8] = []
            var rest = body[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(max(1, size(&random)))
                rest = rest.dropFirst(chunk.count)
                bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            }
            return bytes + Array("0\r\n\r\n".utf8)
        }

        private static func request(
            _ seed: UInt64, _ number: Int, _ isHead: inout Bool, _ random: inout SplitMix64
        ) -> [UInt8] {
            let line = "/\(seed)/\(number) HTTP/1.1\r\nHost: test\r\n"
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2: return Array("GET \(line)\r\n".utf8)
            case 3:
                isHead = true
                return Array("HEAD \(line)\r\n".utf8)
            case 4, 5:
                return Array("POST \(line)Transfer-Encoding: chunked\r\n\r\n".utf8)
                    + chunked(body(&random), &random)
            default:
                let body = body(&random)
                return Array("POST \(line)Content-Length: \(body.count)\r\n\r\n".utf8) + body
            }
        }

        private static func answer(isHead: Bool, untilClose: Bool, _ random: inout SplitMix64) -> [UInt8] {
            let body = body(&random)
            let isChunked = Bool.random(using: &random)
            if isHead { return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) }
            if untilClose { return Array("HTTP/1.0 200 OK\r\n\r\n".utf8) + body }
            if isChunked {
                return Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + chunked(body, &random)
            }
            return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
        }
    }

    /// Sends bytes in pieces of random sizes.
    private static func send(_ bytes: [UInt8], _ socket: RawSocket, pauses: Bool, _ random: inout SplitMix64) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let most = Bool.random(using: &random) ? rest.count : Int.random(in: 1...300_000, using: &random)
            let piece = Array(rest.prefix(most))
            guard socket.send(piece) == nil else { return false }
            rest = rest.dropFirst(piece.count)
            if pauses, Int.random(in: 0..<4, using: &random) == 0 {
                usleep(UInt32.random(in: 0...3000, using: &random))
            }
        }
        return true
    }

    private static func server(_ bad: FaultLabTestSupport.Tally<String>) -> RawServer {
        RawServer { _, _, socket in
            var pending: [UInt8] = []
            while true {
                while pending.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
                    guard case .bytes(let bytes) = socket.read() else { return }
                    pending += bytes
                }
                let words = String(decoding: pending.prefix(100), as: UTF8.self).split(separator: " ")
                let path = words.count > 1 ? words[1].split(separator: "/") : []
                guard path.count == 2, let seed = UInt64(path[0]), let number = Int(path[1]) else {
                    bad.add("no request line: \(String(decoding: pending.prefix(60), as: UTF8.self))")
                    return
                }
                let plan = Plan(seed: seed)
                let (request, answer) = plan.exchanges[number]
                while pending.count < request.count {
                    guard case .bytes(let bytes) = socket.read() else {
                        if pending != Array(request.prefix(pending.count)) { bad.add("\(seed)/\(number): other bytes") }
                        return
                    }
                    pending += bytes
                }
                guard Array(pending.prefix(request.count)) == request else {
                    bad.add("\(seed)/\(number): another request")
                    return
                }
                pending.removeFirst(request.count)
                var random = SplitMix64(seed: seed &+ UInt64(number) &* 77)
                let isLast = number == plan.exchanges.count - 1
                let bytes = isLast ? Array(answer.prefix(plan.cut ?? answer.count)) : answer
                guard send(bytes, socket, pauses: plan.pauses, &random) else { return }
                guard isLast else { continue }
                switch plan.serverEnds {
                case .waits:
                    let (rest, _) = socket.readAll()
                    if !rest.isEmpty { bad.add("\(seed): \(rest.count) bytes too many") }
                case .finishes: break
                case .resets:
                    // A reset destroys what is still under way.
                    while socket.unsent > 0 { usleep(100) }
                    socket.lingerZero()
                }
                return
            }
        }
    }

    /// Plays a plan from the client's side.
    ///
    /// - Returns: What was wrong, or nothing.
    private static func play(_ seed: UInt64, _ proxy: Proxy, mayBeReset: Bool) throws -> String? {
        let plan = Plan(seed: seed)
        var random = SplitMix64(seed: seed &* 3)
        let socket = try proxy.connect(timeout: 20, receiveBuffer: plan.receiveBuffer)
        if plan.isPipelined {
            // In one go: a reset that came in between would be told to the writer, and the reader would hear of an end.
            let all = plan.exchanges.flatMap(\.request)
            let writer = Thread { [plan] in
                socket.send(all)
                if plan.clientFinishesEarly { socket.finishSending() }
            }
            writer.start()
        }
        for (number, exchange) in plan.exchanges.enumerated() {
            let isLast = number == plan.exchanges.count - 1
            var wasRefused = false
            if !plan.isPipelined {
                wasRefused = !send(exchange.request, socket, pauses: plan.pauses, &random)
                if isLast, plan.clientFinishesEarly { socket.finishSending() }
            }
            let expected = isLast ? Array(exchange.answer.prefix(plan.cut ?? exchange.answer.count)) : exchange.answer
            var got: [UInt8] = []
            var ending: RawSocket.Read?
            while got.count < expected.count, ending == nil {
                switch socket.read(min(Int.random(in: 1...200_000, using: &random), expected.count - got.count)) {
                case .bytes(let bytes): got += bytes
                case let end: ending = end
                }
                if plan.pauses, Int.random(in: 0..<20, using: &random) == 0 { usleep(1000) }
            }
            guard got == Array(expected.prefix(got.count)) else { return "answer \(number): other bytes" }
            if let ending {
                let isReset = ending == .reset || wasRefused || ending == .failed(EPIPE)
                if isReset, mayBeReset || isLast && plan.serverEnds == .resets { return nil }
                // What the pipelining writer was told, the reader is not.
                if mayBeReset, plan.isPipelined, ending == .end { return nil }
                return "answer \(number) ended with \(ending) behind \(got.count) of \(expected.count) bytes"
            }
        }
        if plan.serverEnds == .waits, !plan.clientFinishesEarly { return nil }
        let (rest, ending) = socket.readAll()
        if !rest.isEmpty { return "\(rest.count) bytes too many" }
        if ending == (plan.serverEnds == .resets ? .reset : .end) || mayBeReset && ending != .timedOut { return nil }
        return "ended with \(ending) instead of \(plan.serverEnds)"
    }

    private static func fault(_ random: inout SplitMix64, shapes: Bool, fates: [UpstreamFate]) -> ProxyFault {
        guard !shapes || Bool.random(using: &random) else {
            return ProxyFault(
                "shape",
                .shape(
                    ShapeDisruption(
                        rate: .megabits(Int64.random(in: 100...2000, using: &random)),
                        burst: .bytes(Int64.random(in: 2000...300_000, using: &random)),
                        limit: .bytes(Int64.random(in: 1000...500_000, using: &random)))))
        }
        return ProxyFault(
            FaultName("reset \(Int.random(in: 0..<2, using: &random))"),
            .reset(
                ResetDisruption(
                    trigger: ResetTrigger.allCases.randomElement(using: &random) ?? .requestHead,
                    delay: .milliseconds(Int64.random(in: 0...20, using: &random)),
                    unit: Bool.random(using: &random) ? .request : .connection, selection: .every(3),
                    forwarding: Int.random(in: 0..<4, using: &random) == 0 ? .never : .immediately,
                    responsePrefix: Bool.random(using: &random) ? 0 : Int.random(in: 1...300_000, using: &random),
                    upstreamFate: fates.randomElement(using: &random) ?? .close)))
    }

    private static let connections = 20

    /// What is armed and lifted meanwhile.
    enum Disturbance: CaseIterable { case none, resets, resetsAndShapes }

    @Test(arguments: [Recognition.http1, .off], Disturbance.allCases)
    func everyByteHasItsPlace(recognition: Recognition, disturbance: Disturbance) async throws {
        let bad = FaultLabTestSupport.Tally<String>()
        let turns = FaultLabTestSupport.Tally<Int>()
        let done = FaultLabTestSupport.Tally<Int>()
        let threads = disturbance == .resetsAndShapes ? 1 : 2
        // A server that waits for its client is never done with a connection that nobody reads.
        let fates: [UpstreamFate] = recognition == .off ? [.close, .reset] : [.close, .reset, .finish]
        try await withBench(Self.server(bad), threads: threads, recognition: recognition) { proxy in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        try await onThread {
                            while turns.takeTurn(of: Self.connections, worker) {
                                let seed = UInt64.random(in: 0..<1_000_000_000)
                                if let flaw = try Self.play(seed, proxy, mayBeReset: disturbance != .none) {
                                    bad.add("\(seed): \(flaw)")
                                }
                            }
                        }
                        done.add(worker)
                    }
                }
                group.addTask {
                    guard disturbance != .none else { return }
                    var random = SplitMix64(seed: .random(in: .min ... .max))
                    while done.count < 6 {
                        if Int.random(in: 0..<3, using: &random) > 0 {
                            try await proxy.arm([
                                Self.fault(&random, shapes: disturbance == .resetsAndShapes, fates: fates)
                            ])
                        } else {
                            await proxy.lift()
                        }
                        try await Task.sleep(for: .milliseconds(Int.random(in: 1...20, using: &random)))
                    }
                    await proxy.lift()
                }
                try await group.waitForAll()
            }
            let ends = try await eventually { proxy.ends.count == Self.connections ? proxy.ends : nil } ?? proxy.ends
            #expect(ends.count == Self.connections)
            Self.checkLog(proxy, bad, isComplete: disturbance == .none && recognition == .http1)
            #expect(bad.entries == [])
        }
    }

    /// What the log says of requests and answers must be what was sent.
    private static func checkLog(
        _ proxy: Proxy, _ bad: FaultLabTestSupport.Tally<String>, isComplete: Bool
    ) {
        var plans: [RequestID: (request: Int, answer: Int, isCut: Bool)] = [:]
        for fact in proxy.facts {
            switch fact {
            case .requestReceived(let id, let line):
                let target = line.target
                let path = target.split(separator: "/")
                guard path.count == 2, let seed = UInt64(path[0]), let number = Int(path[1]) else { continue }
                let plan = Plan(seed: seed)
                let exchange = plan.exchanges[number]
                plans[id] = (
                    exchange.request.count, exchange.answer.count,
                    number == plan.exchanges.count - 1 && plan.cut != nil
                )
                if id.ordinal != number + 1 { bad.add("\(id) is \(target)") }
            case .requestCompleted(let id, let bytes):
                if let plan = plans[id], plan.request != Int(bytes) { bad.add("\(id): \(bytes) of \(plan) received") }
            case .responseCompleted(let id, let bytes):
                guard let plan = plans[id] else { continue }
                if plan.answer != Int(bytes), !plan.isCut { bad.add("\(id): \(bytes) of \(plan) answered") }
                plans[id] = nil
            default: break
            }
        }
        if isComplete {
            for (id, plan) in plans where !plan.isCut { bad.add("\(id) has no answer in the log") }
        }
    }
}

extension RawSocket {
    /// Bytes that the peer's system has not acknowledged.
    fileprivate var unsent: Int {
        var bytes: Int32 = 0
        return ioctl(descriptor, UInt(TIOCOUTQ), &bytes) == 0 ? Int(bytes) : 0
    }
}
