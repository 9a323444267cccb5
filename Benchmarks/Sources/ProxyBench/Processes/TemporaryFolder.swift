import Glibc

/// A fresh folder for what contestants want to read and write.
struct TemporaryFolder {
    let path: String

    init() throws {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure.system("a folder in \(place)") }
        path = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
        Cleanup.add(folder: path)
    }

    /// Writes a file; its path.
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(path)/\(name)"
        guard let file = fopen(path, "we") else { throw Failure.system(path) }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw Failure.system(path) }
        return path
    }

    /// The text of a file; empty when there is none.
    static func text(of path: String) -> String {
        guard let file = fopen(path, "re") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes a folder with its files; there are no folders in it.
    static func remove(_ path: String) {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(path)/\(name)") }
        }
        closedir(folder)
        rmdir(path)
    }
}
