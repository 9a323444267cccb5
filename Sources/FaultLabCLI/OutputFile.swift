import SocketIO

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// A file that comes into being as a whole: nothing of it can be seen before ``deliver()``, and when the process ends before
/// that, nothing remains.
///
/// What is written gathers in a file without a name. In the end that one takes the place of an older file at once; what is no
/// ordinary file, as standard output or a pipe, gets a copy.
struct OutputFile: ~Copyable {
    /// The option and its value, for messages.
    private let name: String
    /// Where an ordinary file belongs, or `nil`.
    private let place: FilePlace?
    /// What is no ordinary file, or `nil`.
    private let stream: Descriptor?
    private let spool: Descriptor
    private var failure: SystemError?

    /// Prepares a file.
    ///
    /// - Parameters:
    ///   - option: The option that names it, for messages.
    ///   - path: Its path, or `-` for standard output.
    /// - Throws: ``SystemError`` when a file cannot be written there.
    init(_ option: String, _ path: String) throws(SystemError) {
        let name = "\(option) \(Options.shown(path))"
        let place = path == "-" || FilePlace.isStream(path) ? nil : try FilePlace(path, name)
        let spool = try Self.namelessFile(in: place?.folder ?? Self.temporaryFolder, name)
        let stream = place == nil ? try Self.stream(path, name) : nil
        self.name = name
        self.place = place
        self.spool = spool
        self.stream = stream
    }

    /// Opens what takes bytes one after another, so that whoever reads from a pipe sees its end, whatever happens.
    private static func stream(_ path: String, _ name: String) throws(SystemError) -> Descriptor {
        Descriptor(
            owning: try systemCall(.open, name) {
                path == "-" ? fcntl(1, F_DUPFD_CLOEXEC, 3) : open(path, O_WRONLY | O_CLOEXEC)
            })
    }

    /// Adds bytes; a failure is reported by ``deliver()``.
    mutating func write(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        let number = writeAll(bytes, to: spool.number)
        if number != 0 { failure = SystemError(attempt: "\(name): write", number: number) }
    }

    /// Puts the file where it belongs.
    ///
    /// - Throws: ``SystemError`` when something could not be written; then an ordinary file is as it was before.
    consuming func deliver() throws(SystemError) {
        if let failure { throw failure }
        if let stream {
            let number = Self.copy(spool.number, to: stream.number)
            // Who has closed a pipe has read as much as was wanted.
            if number != 0, number != EPIPE { throw SystemError(attempt: "\(name): write", number: number) }
        } else if let place {
            try place.fill(from: spool)
        }
    }

    private static var temporaryFolder: String {
        guard let value = getenv("TMPDIR") else { return "/tmp" }
        let folder = String(cString: value)
        return folder.isEmpty ? "/tmp" : folder
    }

    /// A file that nobody else can find, and that is gone with its descriptor.
    private static func namelessFile(in folder: String, _ name: String) throws(SystemError) -> Descriptor {
        #if os(Linux) || os(Android)
        // O_TMPFILE, which Swift does not see. Unlike a file whose name was removed, this one can be given a name later.
        let descriptor = open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return Descriptor(owning: descriptor) }
        #endif
        // A file system that cannot do that.
        let path = FilePlace.freshName(in: folder)
        return try withSignalsHeld { () throws(SystemError) in
            let descriptor = try systemCall(.open, "\(name): create a file in \(folder)") {
                open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            }
            unlink(path)
            return Descriptor(owning: descriptor)
        }
    }

    /// Copies a whole file; an error number or 0.
    static func copy(_ source: Int32, to target: Int32) -> Int32 {
        lseek(source, 0, SEEK_SET)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
            if count == 0 { return 0 }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            let number = writeAll(buffer[..<count], to: target)
            if number != 0 { return number }
        }
    }
}
