#if os(Linux)
import Foundation

/// What a process holds at a moment.
struct Holdings {
    let descriptors: Int
    let threads: Int
    /// Bytes in memory.
    let memory: Int

    /// Reads what a process holds.
    ///
    /// - Parameter process: Its number, or `self`.
    /// - Throws: What the file system says when there is no such process.
    init(of process: String = "self") throws {
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
        threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").count
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        memory = 1024 * (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
    }

    /// The memory in mebibytes, with one digit behind the point.
    var mebibytes: String { Self.mebibytes(memory) }

    static func mebibytes(_ bytes: Int) -> String { String(format: "%.1f MiB", Double(bytes) / Double(1 << 20)) }
}
#endif
