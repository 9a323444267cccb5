import FaultModel
import ResetPeer
import SocketIO

/// A client's connection to a stub.
///
/// Answers leave in the order of their requests.
final class HTTPStubConnection {
    private let socket: LoopSocket
    private unowned let core: HTTPStubCore
    private var requests = RequestRecognizer()
    private var head: RequestHead?
    private var waiting: [(due: Timestamp, bytes: [UInt8])] = []
    private var unsent = ByteBacklog()
    private var hasEnded = false
    private var timer: LoopTimer?

    private static let mostWaiting = 1024
    private static let mostUnsent = 16 * 1024 * 1024

    init(_ socket: LoopSocket, core: HTTPStubCore) {
        self.socket = socket
        self.core = core
        timer = LoopTimer { [weak self] context in self?.answer(context) }
    }

    func start(_ context: LoopContext) throws(SystemError) {
        try socket.watch(.readable, on: context) { [weak self] context, readiness in
            self?.isReady(readiness, context)
        }
    }

    func close(_ context: LoopContext) {
        if let timer { context.set(timer, to: nil) }
        socket.closeAfterReading(on: context)
        core.isOver(self, context)
    }

    private func isReady(_ readiness: Readiness, _ context: LoopContext) {
        if readiness.contains(.writable) { send(context) }
        guard socket.isOpen, !hasEnded else {
            if readiness.contains(.hangup) { close(context) }
            return
        }
        guard readiness.contains(.readable) || readiness.contains(.hangup) else { return }
        switch socket.receive(into: context.scratch) {
        case .wouldBlock: return
        case .value(0):
            hasEnded = true
            answer(context)
        case .failed: close(context)
        case .value(let count):
            read(UnsafeRawBufferPointer(rebasing: context.scratch[..<count]), context)
        }
    }

    private func read(_ bytes: UnsafeRawBufferPointer, _ context: LoopContext) {
        var index = 0
        while !hasEnded, let mark = requests.advance(bytes, from: &index) {
            switch mark {
            case .head(let head):
                self.head = head
            case .end:
                guard let head else { continue }
                let answer = core.answer(head)
                hasEnded = head.asksForClose
                waiting.append((context.now + answer.delay, answer.encoded(for: head.method, closing: hasEnded)))
            case .unreadable:
                hasEnded = true
                waiting.append((context.now, HTTPStubAnswer(status: 400).encoded(for: "", closing: true)))
            }
        }
        answer(context)
    }

    private func answer(_ context: LoopContext) {
        while let first = waiting.first, first.due <= context.now {
            first.bytes.withUnsafeBytes { unsent.append($0) }
            waiting.removeFirst()
        }
        send(context)
    }

    private func send(_ context: LoopContext) {
        sending: while !unsent.isEmpty {
            switch unsent.withFirst(.max, { socket.send($0) }) {
            case .value(let count): unsent.removeFirst(count)
            case .wouldBlock: break sending
            case .failed:
                // Waiting for room would never end: a broken connection is always ready.
                close(context)
                return
            }
        }
        if hasEnded, waiting.isEmpty, unsent.isEmpty {
            close(context)
            return
        }
        // A client that asks on and on without reading waits until it has read.
        let isBehind = waiting.count >= Self.mostWaiting || unsent.count >= Self.mostUnsent
        var interest: Readiness = hasEnded || isBehind ? .none : .readable
        if !unsent.isEmpty { interest.insert(.writable) }
        socket.setInterest(interest, on: context)
        if let timer { context.set(timer, to: waiting.first?.due) }
    }
}
