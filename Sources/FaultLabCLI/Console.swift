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
        let bytes = Array((line + "\n").utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { buffer in
                #if canImport(Darwin)
                Darwin.write(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Glibc)
                Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Musl)
                Musl.write(descriptor, buffer.baseAddress, buffer.count)
                #elseif canImport(Android)
                Android.write(descriptor, buffer.baseAddress, buffer.count)
                #endif
            }
            // Nobody reads any more: there is nothing left to say it to.
            guard count > 0 || errno == EINTR else { return }
            sent += max(0, count)
        }
    }
}

/// The exit codes of the command.
enum ExitCode: Int32 {
    case done = 0
    case invalidInput = 2
    case couldNotStart = 3
}

enum Exit {
    static func with(_ code: ExitCode) {
        exit(code.rawValue)
    }
}
