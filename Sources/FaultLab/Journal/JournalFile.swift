public import Experiments
import Reports
public import SocketIO
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

/// A journal on disk, so that somebody can clean up after a process that ended without undoing.
///
/// ```swift
/// let report = try await experiment.run(on: backend, journal: try JournalFile("run.journal"))
/// ```
///
/// Lines are only ever added; several runs may follow one another in a file. Each line is on the disk before the change
/// that it speaks of is made, which costs a few milliseconds. The file is readable by its owner alone.
public final class JournalFile: RunJournal {
    private let path: String
    private let descriptor: Mutex<Descriptor>

    /// Opens a file, or creates it.
    ///
    /// - Parameter path: The path of the file; its folder exists.
    /// - Throws: `SystemError` when it cannot be opened, or not be made to last.
    public init(_ path: String) throws(SystemError) {
        self.path = path
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        let number = try systemCall(.open, "open the journal \(path)") { open(path, flags, 0o600) }
        descriptor = Mutex(Descriptor(owning: number))
        try Self.keepName(of: path)
    }

    /// Adds a line and waits until the disk has it.
    ///
    /// - Parameter entry: The entry.
    /// - Throws: `SystemError` when the disk does not take it.
    public func append(_ entry: JournalEntry) async throws {
        let line = JournalLines.line(entry)
        let attempt = "write to the journal \(path)"
        try descriptor.withLock { descriptor throws(SystemError) in
            let number = descriptor.number
            var sent = 0
            while sent < line.count {
                sent += try systemCall(.write, attempt) {
                    line[sent...].withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
                }
            }
            try systemCall(.fsync, attempt) { fsync(number) }
        }
    }

    /// A new file is found after a crash only when its folder has reached the disk too.
    private static func keepName(of path: String) throws(SystemError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let number = try systemCall(.open, "open the folder \(folder)") { open(folder, O_RDONLY | O_CLOEXEC) }
        let descriptor = Descriptor(owning: number)
        try systemCall(.fsync, "sync the folder \(folder)") { fsync(descriptor.number) }
    }
}
