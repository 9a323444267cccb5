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

/// The system calls for the pipes of a program.
enum CommandPipe {
    /// Makes a pipe that no other child inherits; its end to read from does not block.
    ///
    /// - Returns: Its two ends.
    /// - Throws: `SystemError` when the system has no descriptor left.
    static func make() throws(SystemError) -> Ends {
        var numbers: [Int32] = [-1, -1]
        #if canImport(Darwin)
        try systemCall(.pipe, "pipe") { pipe(&numbers) }
        #else
        try systemCall(.pipe, "pipe") { fl_pipe(&numbers) }
        #endif
        // Never 0 to 2, not even in a process whose standard streams are closed: its loops have those numbers by now. The
        // streams of the child would take their place before they are used.
        let source = Descriptor(owning: numbers[0])
        let sink = Descriptor(owning: numbers[1])
        let number = source.number
        try systemCall(.fcntl, "fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
        #if canImport(Darwin)
        for number in [source.number, sink.number] {
            try systemCall(.fcntl, "fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) }
        }
        #endif
        return Ends(source: source, sink: sink)
    }

    /// Where one reads from, and where one writes to.
    struct Ends: ~Copyable {
        let source: Descriptor
        let sink: Descriptor

        /// Gives the end to read from away and closes the other.
        consuming func takeSource() -> Descriptor { source }
    }

    /// Reads what is there.
    ///
    /// - Returns: The count of bytes; 0 at the end, -1 when there is nothing at the moment.
    static func read(_ source: borrowing Descriptor, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch source.read(into: buffer) {
        case .value(let count): count
        case .wouldBlock: -1
        // A pipe has no errors of its own; whatever this is, nothing more will come.
        case .failed: 0
        }
    }
}
