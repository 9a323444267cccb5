import Evidence
import Reports
import SocketIO
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

/// The file that `--events` names.
final class EventFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let failure = Mutex<SystemError?>(nil)

    /// Creates the file, or empties it.
    ///
    /// - Throws: ``SystemError`` when that is not allowed, or the folder is missing.
    init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError(attempt: "--events \(path)", number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Why the file is not complete, or `nil`.
    var problem: SystemError? { failure.withLock { $0 } }

    /// Writes every event of a log until the log is finished.
    func follow(_ log: EventLog, seed: UInt64) -> Task<Void, Never> {
        let events = log.live(from: .beginning, maximumLag: .max)
        return Task {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            let started = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
            await JSONLines.write(events, header: JSONLinesHeader(started: started, seed: seed)) { self.write($0) }
        }
    }

    private func write(_ line: [UInt8]) {
        guard problem == nil else { return }
        let number = writeAll(line, to: descriptor)
        guard number != 0 else { return }
        failure.withLock { $0 = SystemError(attempt: "write to \(path)", number: number) }
    }
}
