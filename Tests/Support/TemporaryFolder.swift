import Foundation

/// A folder that exists for the length of ``withTemporaryFolder(_:)``.
package struct TemporaryFolder: Sendable {
    package let path: String

    fileprivate init() throws {
        path = NSTemporaryDirectory() + "/faultlab-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    package func path(of name: String) -> String { path + "/" + name }

    package func text(of name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(of: name)) ?? Data(), as: UTF8.self)
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: path(of: name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    package func bytes(of name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path(of: name)).map(Array.init)
    }
}

/// Makes a folder and removes it with everything in it.
package func withTemporaryFolder<Result>(_ body: (TemporaryFolder) async throws -> Result) async throws -> Result {
    let folder = try TemporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    return try await body(folder)
}
