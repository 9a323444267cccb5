import FaultModel
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// A thread that serves descriptors and deadlines.
///
/// The data path stays on the thread; other threads reach it only for control, through ``execute(_:)`` and
/// ``run(_:)``, because a hop between threads costs more than serving a request.
package final class EventLoop: Sendable {
    /// Work for the thread of a loop.
    package typealias Job = @Sendable (LoopContext) -> Void

    private let mailbox = Mutex(Mailbox())
    /// The clock of the loop.
    package let clock: MonotonicClock

    private struct Mailbox {
        var jobs: [Job] = []
        var wakeDescriptor: Int32 = -1
        var isClosed = false
        var whenEnded: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    /// Starts a thread.
    ///
    /// - Parameter clock: The clock by which deadlines are meant.
    /// - Throws: ``SystemError`` when the system has no descriptor, memory or thread left.
    package init(clock: MonotonicClock) throws(SystemError) {
        self.clock = clock
        let context = try LoopContext(clock: clock)
        mailbox.withLock { $0.wakeDescriptor = context.wakeDescriptor }
        try Self.startThread(ThreadStart(loop: self, context: context))
    }

    /// Runs a job on the thread of the loop, in order of calls.
    ///
    /// - Parameter job: The job; it must not block.
    /// - Returns: Whether the job will run; false when the loop has been ended.
    @discardableResult
    package func execute(_ job: @escaping Job) -> Bool {
        mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return false }
            mailbox.jobs.append(job)
            // Under the lock, because the descriptor is closed once the loop has been marked closed.
            if mailbox.jobs.count == 1 { Selector.signal(mailbox.wakeDescriptor) }
            return true
        }
    }

    /// Runs work on the thread of the loop and hands its result over.
    ///
    /// - Parameter work: The work; it must not block.
    /// - Returns: The result.
    /// - Throws: What the work throws, or ``LoopEnded`` when the loop has been ended.
    package func run<Result: Sendable>(
        _ work: @escaping @Sendable (LoopContext) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = execute { context in
                continuation.resume(with: Swift.Result { try work(context) })
            }
            if !isAccepted { continuation.resume(throwing: LoopEnded()) }
        }
    }

    /// Ends the thread after the jobs that were handed in before; everything registered with it is closed on return.
    package func end() async {
        execute { _ in }
        mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return }
            mailbox.isClosed = true
            Selector.signal(mailbox.wakeDescriptor)
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let hasEnded = mailbox.withLock { mailbox in
                if !mailbox.hasEnded { mailbox.whenEnded.append(continuation) }
                return mailbox.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func serve(_ context: consuming LoopContext) {
        var isClosed = false
        while !isClosed {
            if context.runRound() {
                let jobs: [Job]
                (jobs, isClosed) = mailbox.withLock { mailbox in
                    defer { mailbox.jobs = [] }
                    return (mailbox.jobs, mailbox.isClosed)
                }
                for job in jobs { job(context) }
            }
            context.endRound()
        }
    }

    private func finish() {
        let waiting = mailbox.withLock { mailbox in
            mailbox.hasEnded = true
            defer { mailbox.whenEnded = [] }
            return mailbox.whenEnded
        }
        for continuation in waiting { continuation.resume() }
    }

    // MARK: The thread

    /// What the thread takes along; it is handed over once, before anybody else can see it.
    private final class ThreadStart: @unchecked Sendable {
        private let loop: EventLoop
        private var context: LoopContext?

        init(loop: EventLoop, context: LoopContext) {
            self.loop = loop
            self.context = context
        }

        func run() {
            // Signals of the process are none of a library's business: its handlers run on the process's own threads.
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_SETMASK, &all, nil)
            if let context = context.take() { loop.serve(context) }
            loop.finish()
        }
    }

    private static func startThread(_ start: ThreadStart) throws(SystemError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let argument = Unmanaged.passRetained(start)
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        #endif
        guard code == 0 else {
            argument.release()
            throw SystemError(attempt: "pthread_create", number: code)
        }
    }
}

/// The error of work that was handed to a loop after its end.
package struct LoopEnded: Error, CustomStringConvertible {
    /// Creates the error.
    package init() {}

    /// One line.
    package var description: String { "the event loop has ended" }
}
