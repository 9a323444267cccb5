import FaultModel
import SocketIO

/// The exchange of one command: start it, keep what it prints, take its end.
///
/// A cancelled command gets SIGTERM, and SIGKILL a second later. In any case the exchange is over when the program has
/// ended and was reaped, and what it left behind in its group was killed: a probe leaves no process running.
final class CommandExchange: LoopExchange {
    /// What a command left behind.
    struct Answer: Hashable, Sendable {
        let ending: CommandProcess.Ending
        let output: String
        let errors: String
        /// Whether it printed more than was kept.
        let isCut: Bool
    }

    /// The time between the two signals that end a command.
    private static let grace: Duration = .seconds(1)

    private let words: [String]
    private let loop: EventLoop
    private let waiting: EventLoop
    private let reply: Reply<Answer>

    private var running: Running?
    private var failure: (any Error)?
    private var timer: LoopTimer?

    private struct Running {
        let process: CommandProcess
        let output: CommandOutput
        let errors: CommandOutput
    }

    /// Describes a command.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - loop: The loop of the exchange.
    ///   - waiting: A loop whose thread does nothing but wait for the end of the program. That works in every sandbox,
    ///     where a descriptor for a process does not.
    ///   - reply: Where the answer goes.
    init(_ words: [String], on loop: EventLoop, waiting: EventLoop, reply: Reply<Answer>) {
        self.words = words
        self.loop = loop
        self.waiting = waiting
        self.reply = reply
    }

    func start(_ context: LoopContext) {
        do throws(SystemError) {
            let (output, errors) = try begin()
            try output.watch(on: context)
            try errors.watch(on: context)
        } catch {
            stop(because: error, context)
        }
    }

    func cancel(_ context: LoopContext) {
        stop(because: CancellationError(), context)
    }

    private func begin() throws(SystemError) -> (output: CommandOutput, errors: CommandOutput) {
        let output = try CommandPipe.make()
        let errors = try CommandPipe.make()
        let process = try CommandProcess(starting: words, output: output.sink, errors: errors.sink)
        let running = Running(
            process: process, output: CommandOutput(output.takeSource()), errors: CommandOutput(errors.takeSource()))
        self.running = running
        let own = LoopBound(self)
        waiting.execute { [loop] _ in
            let isUnreaped = process.waitUntilEnded()
            loop.execute { context in own.value(on: context).hasEnded(isUnreaped: isUnreaped, context) }
        }
        return (running.output, running.errors)
    }

    private func stop(because error: any Error, _ context: LoopContext) {
        guard let running else {
            reply.give(.failure(error))
            return
        }
        guard failure == nil else { return }
        failure = error
        running.process.terminateGroup()
        let timer = LoopTimer { [weak self] _ in self?.running?.process.killGroup() }
        self.timer = timer
        context.set(timer, to: context.now + Self.grace)
    }

    private func hasEnded(isUnreaped: Bool, _ context: LoopContext) {
        guard let running = running.take() else { return }
        if let timer { context.set(timer, to: nil) }
        // Before it is reaped, because from then on its number may become that of a stranger.
        if isUnreaped { running.process.killGroup() }
        running.output.finish(context)
        running.errors.finish(context)
        let ending = isUnreaped ? running.process.reap() : .lost
        if let failure {
            reply.give(.failure(failure))
        } else {
            let answer = Answer(
                ending: ending, output: running.output.text, errors: running.errors.text,
                isCut: running.output.isCut)
            reply.give(.success(answer))
        }
    }
}
