import Foundation
package import Testing

/// Programs that other people wrote, for tests that ask what really happens to them.
package enum RealProgram {
    /// The path of a program.
    ///
    /// - Throws: ``MissingProgram`` when it is not installed.
    package static func require(_ name: String) throws -> String {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
        // Servers live where the search path of ordinary users does not lead.
        let folders = search.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"]
        for folder in folders {
            let path = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw MissingProgram(name: name)
    }

    /// Where nobody looks at what was left out, a missing program fails its tests instead.
    fileprivate static var mayBeMissing: Bool { ProcessInfo.processInfo.environment["CI"] != "true" }
}

/// A program that a test needs and that is not installed.
package struct MissingProgram: Error, CustomStringConvertible {
    let name: String
    package var description: String { "\(name) is not installed" }
}

extension Trait where Self == ConditionTrait {
    /// Leaves a test out, and says so, where a program is missing.
    package static func requires(_ name: String) -> Self {
        .enabled("\(name) is not installed") { !RealProgram.mayBeMissing || (try? RealProgram.require(name)) != nil }
    }
}
