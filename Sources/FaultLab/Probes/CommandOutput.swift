import SocketIO

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import CFaultLabShims
import Glibc
#elseif canImport(Musl)
import CFaultLabShims
import Musl
#elseif canImport(Android)
import Android
import CFaultLabShims
#endif

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

/// The system calls for the pipes of a program.
enum CommandPipe {
    /// Makes a pipe that no other child inherits; its end to read from does not block.
    ///
    /// - Returns: Its two ends.
    /// - Throws: `SystemError` when the system has no descriptor left.
    static func make() throws(SystemError) -> Ends {
        var numbers: [Int32] = [-1, -1]
        #if canImport(Darwin)
        try systemCall("pipe") { pipe(&numbers) }
        #else
        try systemCall("pipe") { fl_pipe(&numbers) }
        #endif
        // Never 0 to 2, not even in a process whose standard streams are closed: its loops have those numbers by now. The
        // streams of the child would take their place before they are used.
        let source = Descriptor(owning: numbers[0])
        let sink = Descriptor(owning: numbers[1])
        let number = source.number
        try systemCall("fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
        #if canImport(Darwin)
        for number in [source.number, sink.number] { try systemCall("fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) } }
        #endif
        return Ends(source: source, sink: sink)
    }

    /// Where one reads from, and where one writes to.
    struct Ends: ~Copyable {
        let source: Descriptor
        let sink: Descriptor

        /// Gives the end to read from away and closes the other.
        consuming func takeSource() -> Descriptor { source }
    }

    /// Reads what is there.
    ///
    /// - Returns: The count of bytes; 0 at the end, -1 when there is nothing at the moment.
    static func read(_ source: borrowing Descriptor, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let number = source.number
        #if canImport(Darwin)
        let answer = systemCall { Darwin.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Glibc)
        let answer = systemCall { Glibc.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Musl)
        let answer = systemCall { Musl.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Android)
        let answer = systemCall { Android.read(number, buffer.baseAddress, buffer.count) }
        #endif
        return switch answer {
        case .value(let count): count
        case .wouldBlock: -1
        // A pipe has no errors of its own; whatever this is, nothing more will come.
        case .failed: 0
        }
    }
}
