import FaultModel
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

/// A program that was started, not waited for yet.
///
/// It leads a process group of its own, so that what it starts can be ended with it. Until ``reap()`` its number belongs
/// to it, also when it has ended; nobody else can be hit by a signal that is meant for it.
struct CommandProcess: Sendable {
    private let number: pid_t

    /// Starts a program, looked up in `PATH`, without a shell.
    ///
    /// The child reads from the null device. Beside the environment it inherits nothing: no descriptor, no blocked and no
    /// ignored signal. A child that inherits an ignored SIGPIPE goes on writing to a pipe that nobody reads.
    ///
    /// - Parameters:
    ///   - words: The program and its arguments, at least one word.
    ///   - output: Where standard output goes.
    ///   - errors: Where standard error goes.
    /// - Throws: `SystemError` with the reason.
    init(
        starting words: [String], output: borrowing Descriptor, errors: borrowing Descriptor
    ) throws(SystemError) {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT
        let environment = _NSGetEnviron().pointee
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        let environment = fl_environment()
        #endif
        let attempt = "start \(words[0].quoted)"
        func ask(_ code: Int32) throws(SystemError) {
            guard code == 0 else { throw SystemError(attempt: attempt, number: code) }
        }

        try ask(posix_spawn_file_actions_init(&actions))
        defer { posix_spawn_file_actions_destroy(&actions) }
        try ask(posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0))
        try ask(posix_spawn_file_actions_adddup2(&actions, output.number, 1))
        try ask(posix_spawn_file_actions_adddup2(&actions, errors.number, 2))
        #if !canImport(Darwin)
        try ask(fl_spawn_close_from(&actions, 3))
        #endif

        try ask(posix_spawnattr_init(&attributes))
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        try ask(posix_spawnattr_setsigmask(&attributes, &none))
        var settable = sigset_t()
        sigfillset(&settable)
        sigdelset(&settable, SIGKILL)
        sigdelset(&settable, SIGSTOP)
        try ask(posix_spawnattr_setsigdefault(&attributes, &settable))
        try ask(posix_spawnattr_setpgroup(&attributes, 0))
        try ask(posix_spawnattr_setflags(&attributes, Int16(flags)))

        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var number = pid_t()
        try ask(posix_spawnp(&number, words[0], &actions, &attributes, &arguments, environment))
        self.number = number
    }

    /// Asks the program, and everything it started that stays in its group, to end.
    func terminateGroup() { signalGroup(SIGTERM) }

    /// Ends the program, and everything it started that stays in its group.
    func killGroup() { signalGroup(SIGKILL) }

    private func signalGroup(_ signal: Int32) {
        // That nobody is left, or nobody who may be hit, is no error.
        _ = systemCall(.kill) { kill(-number, signal) }
    }

    /// Blocks the thread until the program has ended, and leaves it unreaped.
    ///
    /// - Returns: Whether it is still there to be reaped; somebody else in the process may have done that.
    func waitUntilEnded() -> Bool {
        var information = siginfo_t()
        let number = id_t(number)
        let answer = systemCall(.wait) { waitid(P_PID, number, &information, WEXITED | WNOWAIT) }
        guard case .value = answer else { return false }
        return true
    }

    /// How a program ended.
    enum Ending: Hashable, Sendable {
        /// It exited with a code.
        case exit(Int)
        /// A signal ended it.
        case signal(Int)
        /// Somebody else in the process took the exit code.
        case lost
    }

    /// Takes the exit code of a program that has ended; its number is free from now on.
    ///
    /// - Returns: How it ended.
    func reap() -> Ending {
        var status: Int32 = 0
        guard case .value = systemCall(.wait, { waitpid(number, &status, 0) }) else { return .lost }
        // WIFEXITED and its kin are macros, which Swift does not see; the layout is that of every Unix.
        return status & 0x7F == 0 ? .exit(Int(status >> 8 & 0xFF)) : .signal(Int(status & 0x7F))
    }
}
