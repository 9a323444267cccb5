import SocketIO

/// What comes through one output of a program, up to a limit.
///
/// Confined to the thread of its loop.
final class CommandOutput {
    /// The most bytes that are kept; what comes behind them is read and dropped, so that the program can go on.
    static let limit = 1 << 20

    private var source: Descriptor?
    private var registration: Registration?
    private var bytes: [UInt8] = []
    /// Whether there was more than the limit.
    private(set) var isCut = false

    /// Takes over the end of a pipe to read from.
    init(_ source: consuming Descriptor) {
        self.source = consume source
    }

    /// The text, without the line ends behind it, as `$(…)` of a shell takes it.
    var text: String {
        let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: bytes.prefix(end.map { $0 + 1 } ?? 0), as: UTF8.self)
    }

    /// Keeps what comes from now on.
    ///
    /// - Parameter context: The loop.
    /// - Throws: `SystemError` when the system cannot watch more.
    func watch(on context: LoopContext) throws(SystemError) {
        switch source {
        case .some(let source):
            registration = try context.register(source, .readable) { [self] context, _ in read(context) }
        case .none: break
        }
    }

    /// Takes what has come, up to a bound that somebody who writes on and on cannot move, and closes the pipe.
    ///
    /// - Parameter context: The loop.
    func finish(_ context: LoopContext) {
        for _ in 0...(Self.limit / LoopContext.scratchSize) {
            guard isOpen else { return }
            guard read(context) else { break }
        }
        close(context)
    }

    /// Closes the pipe.
    ///
    /// - Parameter context: The loop.
    func close(_ context: LoopContext) {
        if let registration { context.unregister(registration) }
        registration = nil
        source = nil
    }

    private var isOpen: Bool {
        switch source {
        case .some: true
        case .none: false
        }
    }

    /// Reads once; closes the pipe at its end.
    ///
    /// - Returns: Whether there may be more.
    @discardableResult
    private func read(_ context: LoopContext) -> Bool {
        let count: Int
        switch source {
        case .some(let source): count = CommandPipe.read(source, into: context.scratch)
        case .none: return false
        }
        guard count != 0 else {
            close(context)
            return false
        }
        guard count > 0 else { return false }
        let room = Self.limit - bytes.count
        bytes.append(contentsOf: context.scratch.prefix(min(count, room)))
        isCut = isCut || count > room
        return true
    }
}
