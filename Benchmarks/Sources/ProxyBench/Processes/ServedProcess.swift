import CLoad
import Glibc

/// A program that runs beside the benchmark until it is ended; start it on the main thread.
final class ServedProcess {
    /// The process, which leads a group of its own.
    let group: pid_t
    private let input: Int32
    private let output: Int32
    private let errors: String
    private var unread: [UInt8] = []
    private var isOver = false
    /// How long it may say nothing; it is taken to hang then.
    private static let patience: Int32 = 60_000

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - words: The path of the program and its arguments.
    ///   - folder: Where its messages go.
    /// - Throws: `Failure` when it cannot be started.
    init(_ words: [String], in folder: TemporaryFolder) throws {
        errors = "\(folder.path)/messages"
        let file = open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure.system(errors) }
        defer { close(file) }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var (input, output): (Int32, Int32) = (-1, -1)
        group = cl_spawn(&arguments, file, &input, &output)
        guard group > 0 else { throw Failure.system("start \(words[0])") }
        (self.input, self.output) = (input, output)
        Cleanup.add(group: group)
    }

    /// What the processors spent on it so far, in nanoseconds.
    var processorTime: Int64 { cl_group_time(group) }

    /// Memory that it shares with nobody, in bytes.
    func privateMemory() throws -> Int64 {
        let bytes = cl_group_memory(group)
        guard bytes > 0 else { throw Failure("the memory of process \(group) cannot be read") }
        return bytes
    }

    /// What it, or one that was started after it, wrote about its troubles; ask when it did not start.
    var allMessages: String { TemporaryFolder.text(of: errors) }

    /// The first of these messages, on one line.
    var messages: String { allMessages.split(separator: "\n").prefix(3).joined(separator: " / ") }

    /// The next line of its output; `nil` at the end, and when it hangs.
    func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    /// The number behind a word, as in `port 8080`.
    func number(behind word: String) throws -> Int {
        let words = line()?.split(separator: " ") ?? []
        guard words.count == 2, words[0] == word, let number = Int(words[1]) else {
            throw Failure("a process of the benchmark did not say its \(word): \(messages)")
        }
        return number
    }

    /// Waits until it accepts connections.
    func waitUntilListening(on port: UInt16) throws {
        for _ in 0..<500 {
            if cl_is_listening(port) { return }
            if cl_wait_end(group, 10) != 0 { break }
        }
        throw Failure("it does not listen: \(messages)")
    }

    /// Ends it, and waits until it has ended; the rest of its output.
    ///
    /// A process of ours ends when its input does, and has time for a last word.
    @discardableResult
    func end(asking isOurs: Bool) -> String {
        guard !isOver else { return "" }
        isOver = true
        close(input)
        if isOurs {
            while readMore() {}
        } else {
            cl_signal_group(group, SIGTERM)
        }
        _ = cl_wait_end(group, 2000)
        // Its children too; the group cannot be another's as long as its leader is not reaped.
        cl_signal_group(group, SIGKILL)
        Cleanup.remove(group: group)
        cl_reap(group)
        close(output)
        return String(decoding: unread, as: UTF8.self)
    }

    deinit { end(asking: false) }

    private func readMore() -> Bool {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, Self.patience) == 1 else { return false }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        let count = read(output, &chunk, chunk.count)
        guard count > 0 else { return false }
        unread += chunk[..<count]
        return true
    }
}
