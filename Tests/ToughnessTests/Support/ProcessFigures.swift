#if os(Linux)
import Foundation
import Glibc

/// What the process holds at the moment.
struct ProcessFigures {
    let descriptors: Int
    let threads: Int
    /// Bytes in memory.
    let memory: Int

    static func read() throws -> ProcessFigures {
        ProcessFigures(
            descriptors: try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count,
            threads: try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count,
            memory: try residentBytes("VmRSS:"))
    }

    /// What the descriptors of the process stand for.
    static func openFiles() throws -> [String] {
        let folder = "/proc/self/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
        }
    }

    /// The most bytes that were in memory since the process began, or since the last call of ``forgetPeak()``.
    static var peakMemory: Int { get throws { try residentBytes("VmHWM:") } }

    /// Has the peak begin anew at what is in memory now.
    static func forgetPeak() throws {
        // The 5 is documented in proc(5).
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    private static func residentBytes(_ key: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        guard let kibibytes else { throw POSIXError(.ENODATA) }
        return kibibytes * 1024
    }
}
#endif
