import FaultLabTestSupport
import Foundation
import Testing

/// Where `faultlab simulate` puts its files, and what it leaves alone.
@Suite struct SimulateOutputTests {
    private static let workload = ["simulate", "--workload", "constant:duration=1s"]

    @Test func anOlderFileKeepsItsPermissionsAndALinkItsTarget() async throws {
        try await withTemporaryFolder { folder in
            let manager = FileManager.default
            try folder.write("old", to: "target.csv")
            try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path(of: "target.csv"))
            try manager.createSymbolicLink(atPath: folder.path(of: "link.csv"), withDestinationPath: "target.csv")
            try manager.createSymbolicLink(atPath: folder.path(of: "new.csv"), withDestinationPath: "fresh.csv")
            for name in ["link.csv", "new.csv"] {
                let ending = try await run(try Faultlab.path, Self.workload + ["--output", folder.path(of: name)])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(throws: Never.self) { try manager.destinationOfSymbolicLink(atPath: folder.path(of: name)) }
                #expect(folder.text(of: name).hasPrefix("arrival_ns,size_bytes,departure_ns,outcome\n"))
            }
            let attributes = try manager.attributesOfItem(atPath: folder.path(of: "target.csv"))
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(folder.text(of: "fresh.csv") == folder.text(of: "target.csv"))
            #expect(try folder.names == ["fresh.csv", "link.csv", "new.csv", "target.csv"])
        }
    }

    @Test(arguments: [
        ("/dev/full", "--output /dev/full: write: No space left on device"),
        ("/nowhere/out.csv", "--output /nowhere/out.csv: create a file in /nowhere: No such file or directory"),
        ("/dev", "--output /dev: Is a directory"), ("folder/", "--output folder/: Is a directory"),
        ("/dev/null/out.csv", "--output /dev/null/out.csv: Not a directory"),
    ])
    func whatCannotBeWrittenIsSaid(path: String, complaint: String) async throws {
        let ending = try await run(try Faultlab.path, Self.workload + ["--output", path])
        #expect(ending.code == 3)
        #expect(ending.errors.contains("error: \(complaint)"), "\(ending.errors)")
        #expect(!ending.errors.contains("offered"), "there is no summary of what failed")
    }

    @Test func aFileThatCannotBeReadIsSaid() async throws {
        try await withTemporaryFolder { folder in
            let output = folder.path(of: "out.csv")
            let words = ["simulate", "--output", output, "--packets"]
            let missing = try await run(try Faultlab.path, words + [folder.path(of: "in.csv")])
            #expect(missing.code == 3)
            #expect(missing.errors.contains("error: --packets \(folder.path(of: "in.csv")): No such file or directory"))
            let wrong = try await run(try Faultlab.path, words + [folder.path])
            #expect(wrong.code == 3)
            #expect(wrong.errors.contains("error: --packets \(folder.path): read: Is a directory"))
            #expect(try folder.names == [])
        }
    }

    @Test func whatIsNoFileGetsACopy() async throws {
        try await withTemporaryFolder { folder in
            let script = #"""
                mkfifo pipe
                cat pipe >copy &
                "$0" "$@" --output pipe && wait
                "$0" "$@" --output /dev/null
                "$0" "$@" --output - >direct
                cmp copy direct && ls -A
                """#
            let words = [
                "-c", #"cd "$0" && shift 0 && script=$1 && shift && exec /bin/sh -c "$script" "$@""#, folder.path,
            ]
            let ending = try await run("/bin/sh", words + [script, try Faultlab.path] + Self.workload)
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(ending.output == "copy\ndirect\npipe\n")
            #expect(folder.text(of: "copy").hasSuffix(",sent\n"))
        }
    }

    @Test func aReaderMayCloseThePipe() async throws {
        let script = #"{ "$0" simulate --workload constant:rate=100mbit --output -; echo "code $?" >&2; } | head -n 1"#
        let ending = try await run("/bin/sh", ["-c", script, try Faultlab.path])
        #expect(ending.output == "arrival_ns,size_bytes,departure_ns,outcome\n")
        #expect(ending.errors.hasSuffix("code 0\n"), "\(ending.errors)")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL]) func anEndedRunLeavesNothingBehind(signal: Int32) async throws {
        try await withTemporaryFolder { folder in
            let pipe = folder.path(of: "pipe")
            try #require(mkfifo(pipe, 0o600) == 0)
            try folder.write("as before", to: "out.csv")
            let words = ["simulate", "--packets", pipe, "--output", folder.path(of: "out.csv")]
            try await withChild(try Faultlab.path, words) { child in
                // Without waiting there is nobody to write to until the command has opened its end.
                let writer = try #require(
                    try await eventually {
                        let descriptor = open(pipe, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
                        return descriptor < 0 ? nil : descriptor
                    })
                defer { close(writer) }
                let line = Array("0,60\n".utf8)
                #expect(write(writer, line, line.count) == line.count)
                child.send(signal)
                #expect(try await child.ending()?.code == 128 + signal)
            }
            #expect(try folder.names == ["out.csv", "pipe"])
            #expect(folder.text(of: "out.csv") == "as before")
        }
    }

    @Test func aPlotStandsBesideTheResult() async throws {
        try await withTemporaryFolder { folder in
            let (output, plot) = (folder.path(of: "out.csv"), folder.path(of: "plot.svg"))
            let ending = try await run(
                try Faultlab.path, Self.workload + ["--workload", "poisson", "--output", output, "--plot", plot])
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(folder.text(of: "plot.svg").hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
            #expect(try folder.names == ["out.csv", "plot.svg"])
            // The packets of the workloads, taken as a trace, meet with the same fate.
            let again = try await run(
                try Faultlab.path, ["simulate", "--packets", output, "--output", "-", "--plot", plot])
            #expect(again.code == 0, "\(again.errors)")
            let isSame = again.output == folder.text(of: "out.csv")
            #expect(isSame)
        }
    }

    @Test func aSeedDecidesWhatIsRandom() async throws {
        func packets(_ words: String...) async throws -> String {
            try await run(
                try Faultlab.path,
                ["simulate", "--workload", "poisson:duration=2s", "--workload", "poisson:duration=2s", "--output", "-"]
                    + words
            ).output
        }
        let first = try await packets()
        let isSame = try await packets("--seed", "1") == first
        #expect(isSame)
        let isOther = try await packets("--seed", "2") != first
        #expect(isOther)
        // Two sources of the same pattern do not send at the same moments.
        let arrivals = first.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
        #expect(arrivals.count > 100)
        #expect(Set(arrivals).count > arrivals.count * 9 / 10)
    }
}
