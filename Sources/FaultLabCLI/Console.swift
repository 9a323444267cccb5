import FaultModel

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// The standard streams, unbuffered: a script that waits for the first line gets it.
enum Console {
    /// Prints a line for the reader of the result.
    static func print(_ line: String) {
        write(line, to: 1)
    }

    /// Prints a line for the person at the terminal.
    static func complain(_ line: String) {
        write(line, to: 2)
    }

    private static func write(_ line: String, to descriptor: Int32) {
        let number = writeAll(Array((line + "\n").utf8), to: descriptor)
        // When nobody reads any more, there is nobody left to say so to; a full disk is another matter.
        guard number != 0, number != EPIPE, descriptor == 1 else { return }
        complain("error: cannot write to standard output: \(String(cString: strerror(number)))")
        Exit.with(.couldNotStart)
    }

    /// Puts the null device where a standard stream is missing, so that no socket gets its number and is written to.
    static func fillGaps() {
        var descriptor = open("/dev/null", O_RDWR)
        while (0..<2).contains(descriptor) { descriptor = open("/dev/null", O_RDWR) }
        if descriptor > 2 { close(descriptor) }
    }
}

/// The exit codes of the command.
enum ExitCode: Int32 {
    case done = 0
    case invalidInput = 2
    case couldNotStart = 3

    /// Says everything that is wrong with the words of a command.
    static func invalid(_ problems: [String], _ diagnostics: [Diagnostic] = []) -> ExitCode {
        for problem in problems { Console.complain("error: \(problem)") }
        for diagnostic in diagnostics { Console.complain(diagnostic.description) }
        return .invalidInput
    }
}

enum Exit {
    static func with(_ code: ExitCode) -> Never {
        exit(code.rawValue)
    }
}
