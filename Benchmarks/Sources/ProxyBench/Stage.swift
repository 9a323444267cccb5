import CLoad
import Glibc

/// Where contestants are started, and where their samples gather.
final class Stage {
    let options: Options
    let folder: TemporaryFolder
    /// Descriptors that each process may have open.
    let descriptorLimit: Int
    private(set) var samples: [Sample] = []
    private(set) var comparisons: [Comparison] = []
    private(set) var hasFailed = false
    private let executable: String
    private var troubled: Set<String> = []

    init(_ options: Options) throws {
        self.options = options
        folder = try TemporaryFolder()
        descriptorLimit = cl_raise_descriptor_limit()
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        guard length > 0 else { throw Failure.system("/proc/self/exe") }
        executable = String(decoding: path[..<length].map(UInt8.init), as: UTF8.self)
    }

    func rounds(or few: Int) -> Int { options.rounds ?? few }

    /// Starts this program, or another build of it, in a role.
    func serve(_ words: [String], build: String? = nil) throws -> ServedProcess {
        try ServedProcess([build ?? executable, "serve"] + words, in: folder)
    }

    /// Starts an upstream.
    func startBackend() throws -> (process: ServedProcess, port: UInt16) {
        let process = try serve(["backend"])
        return (process, UInt16(try process.number(behind: "port")))
    }

    /// Does something with a contestant; that it is not there, or what failed, is said once.
    func attempt<Result>(_ contestant: Contestant, _ body: () throws -> Result) -> Result? {
        do {
            return try body()
        } catch {
            guard troubled.insert(contestant.name).inserted else { return nil }
            if error is Absence {
                print("  left out: \(contestant.name): \(error)")
            } else {
                fail("\(contestant.name): \(error)")
            }
            return nil
        }
    }

    func add(_ sample: Sample) { samples.append(sample) }

    func show(_ section: String, _ condition: String, _ columns: [Comparison.Column], of contestants: [Contestant]) {
        let taking = contestants.filter { contestant in
            samples.contains { $0.section == section && $0.contestant == contestant.name }
        }
        let comparison = Comparison(section, condition, columns, of: taking, samples)
        for line in comparison.lines { print(line) }
        comparisons.append(comparison)
    }

    /// Says that something is not as it must be, and goes on.
    func fail(_ reason: String) {
        print("  FAILED: \(reason)")
        hasFailed = true
    }

    func print(_ line: String) {
        Swift.print(line)
        // At once, so that whoever waits sees how far it is; and without a reader there is nothing to measure for.
        if fflush(nil) != 0 { Cleanup.exit(1) }
    }
}

extension Collection {
    /// The elements in an order that begins later in each round, so that nobody is always the first or behind the same.
    func rotated(by round: Int) -> [Element] {
        let start = index(startIndex, offsetBy: isEmpty ? 0 : round % count)
        return Array(self[start...]) + Array(self[..<start])
    }
}
