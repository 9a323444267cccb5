import Glibc

/// Why something could not be measured, in a sentence.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// A system call that failed; call it at once, before anything else sets `errno`.
    static func system(_ attempt: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure("\(attempt): \(reason)")
    }
}

/// Why a contestant cannot take part on this machine, which is no failure.
struct Absence: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Prints a line for the person at the terminal.
func complain(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(2, bytes, bytes.count)
}
