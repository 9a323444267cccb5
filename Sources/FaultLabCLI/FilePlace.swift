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

/// The place of an ordinary file.
struct FilePlace {
    /// The folder that holds it.
    let folder: String
    private let name: String
    private let path: String
    /// What the file was before, if there was one.
    private let older: stat?

    /// Finds the place.
    ///
    /// - Parameters:
    ///   - path: The path; a symbolic link stands for what it points at.
    ///   - name: The option and its value, for messages.
    /// - Throws: ``SystemError`` when there is a file that may not be written, or something that is no file.
    init(_ path: String, _ name: String) throws(SystemError) {
        var path = path
        // As many links as the system follows.
        for _ in 0..<40 {
            guard let target = Self.target(ofLink: path) else { break }
            path = target.hasPrefix("/") ? target : "\(Self.folder(of: path))/\(target)"
        }
        self.path = path
        self.name = name
        folder = Self.folder(of: path)
        if path.isEmpty || path.hasSuffix("/") {
            throw SystemError(attempt: name, number: path.isEmpty ? ENOENT : EISDIR)
        }
        var status = stat()
        if stat(path, &status) == 0 {
            try systemCall(.access, name) { access(path, W_OK) }
            older = status
        } else if errno == ENOENT {
            older = nil
        } else {
            throw SystemError(attempt: name, number: errno)
        }
    }

    /// Whether a path leads to something that is there and is no ordinary file.
    static func isStream(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// Gives a file without a name the place, with the owner and the permissions of the one that is there.
    func fill(from spool: borrowing Descriptor) throws(SystemError) {
        let number = spool.number
        let fresh = Self.freshName(in: folder)
        try withSignalsHeld { () throws(SystemError) in
            try give(fresh, to: number)
            do throws(SystemError) {
                try systemCall(.rename, "\(name): put the file in its place") { rename(fresh, path) }
            } catch {
                unlink(fresh)
                throw error
            }
        }
    }

    private func give(_ fresh: String, to spool: Int32) throws(SystemError) {
        #if os(Linux) || os(Android)
        adoptRights(spool)
        if linkat(AT_FDCWD, "/proc/self/fd/\(spool)", AT_FDCWD, fresh, AT_SYMLINK_FOLLOW) == 0 { return }
        #endif
        let copy = Descriptor(
            owning: try systemCall(.open, "\(name): create a file in \(folder)") {
                open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            })
        adoptRights(copy.number)
        let number = OutputFile.copy(spool, to: copy.number)
        guard number != 0 else { return }
        unlink(fresh)
        throw SystemError(attempt: "\(name): write", number: number)
    }

    private func adoptRights(_ descriptor: Int32) {
        guard let older else { return }
        // Another owner is for the superuser to keep; the change may take permissions away, so they come after it.
        _ = fchown(descriptor, older.st_uid, older.st_gid)
        _ = fchmod(descriptor, older.st_mode & 0o7777)
    }

    /// A name that nobody has.
    static func freshName(in folder: String) -> String {
        "\(folder)/.faultlab-\(String(UInt64.random(in: .min ... .max), radix: 16))"
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func target(ofLink path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count > 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}

/// Makes the signals that end a process wait for a moment in which it has a file with a passing name.
func withSignalsHeld<Result: ~Copyable>(_ body: () throws(SystemError) -> Result) throws(SystemError) -> Result {
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
}
