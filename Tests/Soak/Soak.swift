#if os(Linux)
import Foundation
import Glibc

/// Runs a proxy under mixed traffic while its faults come and go, or with more connections than fit into one process.
@main enum Soak {
    static let usage = """
        usage: Soak [seconds]               mixed traffic and faults that come and go, 600 seconds unless told
               Soak seconds any-memory      the same under a sanitizer, which keeps memory for itself
               Soak crowd [connections]     that many connections at once, 20000 unless told

        """

    static func main() async throws {
        // A peer that is gone is an answer of send, and no end of this process.
        signal(SIGPIPE, SIG_IGN)
        let words = Array(CommandLine.arguments.dropFirst())
        let numbers = words.dropFirst().compactMap { Int($0) }
        let isHeld: Bool
        switch words.first {
        case nil:
            isHeld = try await SoakRun(seconds: 600).run()
        case "crowd" where words.count == 1 || words.count == 2 && numbers.first.map { $0 > 0 } == true:
            isHeld = try await CrowdRun(connections: numbers.first ?? 20_000).run()
        case "serve-proxy" where numbers.count == 2:
            try await ProxyRole(upstream: numbers[0], seconds: numbers[1]).run()
            isHeld = true
        case "serve-stub":
            try await StubRole().run()
            isHeld = true
        case "connect" where numbers.count == 2:
            try ClientRole(port: numbers[0], connections: numbers[1]).run()
            isHeld = true
        case .some(let word):
            let isBounded = words.count == 1
            guard isBounded || words.dropFirst() == ["any-memory"], let seconds = Int(word), seconds > 0 else {
                FileHandle.standardError.write(Data(usage.utf8))
                exit(2)
            }
            isHeld = try await SoakRun(seconds: seconds, memoryIsBounded: isBounded).run()
        }
        exit(isHeld ? EXIT_SUCCESS : EXIT_FAILURE)
    }
}

/// Prints a line at once, also into a file.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
#else
/// It reads what a process holds from `/proc`, which other systems lack.
@main enum Soak {
    static func main() { print("the soak runs on Linux only") }
}
#endif
