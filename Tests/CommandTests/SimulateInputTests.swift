import FaultLabTestSupport
import Foundation
import Testing

/// What `faultlab simulate` says about words and traces that are wrong.
@Suite struct SimulateInputTests {
    @Test(arguments: [
        ([], ["there is no traffic: give --packets IN.csv, or --workload PATTERN"]),
        (["--packets", "in.csv"], ["--output OUT.csv is missing"]),
        (
            ["--packets", "a", "--workload", "constant", "--output", "b"],
            ["--packets and --workload: a simulation has the one"]
        ),
        (["--packets", "a", "--packets", "b", "--output", "c"], ["--packets is given twice"]),
        (["--packets", "", "--output", "b"], ["--packets '': write a file, or - for standard input"]),
        (["--packets", "a", "--output", ""], ["--output '': write a file, or - for standard output"]),
        (["--packets", "a", "--output", "b", "--seed", "3"], ["--seed goes with --workload"]),
        (["--packets", "a", "--output", "-", "--plot", "-"], ["--output and --plot are the same file"]),
        (["--workload", "constant", "--seed", "-1"], ["--seed -1: a seed is a whole number from 0"]),
        (["--workload", "constat"], ["'constat' is no kind of traffic; write constant"]),
        (["--workload", "constant:rate=fast", "--workload", "x"], ["rate=fast: ", "'x' is no kind of traffic"]),
        (
            ["--workload", "constant", "--fault", "pod-network-rate-limit"],
            ["there is no option \"--fault\"", "\"pod-network-rate-limit\" belongs to"]
        ),
        (["--workload", "constant", "--set", "BURST"], ["--set BURST: write KEY=VALUE"]),
        (["--workload", "constant", "--set", "BURST=10"], ["BURST=10: the bucket holds no full packet"]),
        (
            ["--workload", "constant", "--set", "BRUST=10kb"],
            ["BRUST: pod-network-rate-limit has no such tunable; did you"]
        ),
        (
            ["--workload", "nothing", "--set", "LIMIT=lots", "--set", "NETWORK_BANDWIDTH=-1mbit", "--seed", "x"],
            ["'nothing' is no kind", "LIMIT=lots: ", "NETWORK_BANDWIDTH=-1mbit: ", "--seed x: "]
        ),
    ])
    func mistakesAreNamed(words: [String], complaints: [String]) async throws {
        let ending = try await run(try Faultlab.path, ["simulate"] + words)
        #expect(ending.code == 2)
        #expect(ending.output == "")
        for complaint in complaints { #expect(ending.errors.contains(complaint), "\(ending.errors)") }
        let errors = ending.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        #expect(errors.count == complaints.count, "\(ending.errors)")
    }

    @Test(arguments: [
        ("arrival_ns\n1\n", "line 1: size_bytes: the header has no such column"),
        ("0,60\n5\n", "line 2: size_bytes: the line has no such column"),
        ("0,60\nsoon,60\n", "line 2: arrival_ns=soon: a time is a whole number of nanoseconds"),
        ("arrival_ns,size_bytes\n0,60\n-1,60\n", "line 3: arrival_ns=-1: "),
        ("0,60\n1,-60\n", "line 2: size_bytes=-60: a size is a whole number of bytes from 1 to 4294967295"),
        ("0,60\n9,60\n8,60\n", "line 3: arrival_ns=8: time goes backwards: the packet before arrives at 9"),
        ("0,0\n", "line 1: size_bytes=0: "), ("0,4294967296\n", "line 1: size_bytes=4294967296: "),
        ("4611686018427387905,60\n", "line 1: arrival_ns=4611686018427387905: "),
        ("0,60\n\n1,60\n", "line 2: the line is empty"), ("", "line 1: there is nothing to read"),
    ])
    func aBadLineLeavesNothingBehind(trace: String, complaint: String) async throws {
        try await withTemporaryFolder { folder in
            try folder.write(trace, to: "in.csv")
            try folder.write("as before", to: "old.csv")
            let path = folder.path(of: "in.csv")
            for output in [folder.path(of: "new.csv"), folder.path(of: "old.csv"), "-", path] {
                let ending = try await run(
                    try Faultlab.path,
                    ["simulate", "--packets", path, "--output", output, "--plot", folder.path(of: "plot.svg")])
                #expect(ending.code == 2)
                #expect(ending.output == "")
                #expect(ending.errors.contains("error: \(path), \(complaint)"), "\(ending.errors)")
                #expect(ending.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count == 1)
            }
            #expect(folder.text(of: "old.csv") == "as before")
            #expect(folder.text(of: "in.csv") == trace)
            #expect(try folder.names == ["in.csv", "old.csv"])
        }
    }

    @Test func aBadLineFarBehindIsFoundBeforeAnythingIsWritten() async throws {
        let good = (0..<200_000).map { "\($0),60\n" }.joined()
        try await withTemporaryFolder { folder in
            try folder.write(good + "200000,60 \n", to: "in.csv")
            let script = #"cat "$1" | "$0" simulate --packets - --output - --set NETWORK_BANDWIDTH=1gbit"#
            let ending = try await run("/bin/sh", ["-c", script, try Faultlab.path, folder.path(of: "in.csv")])
            #expect(ending.code == 2)
            #expect(ending.output == "")
            #expect(ending.errors.contains("error: standard input, line 200001: size_bytes=60 : a size is"))
        }
    }

    @Test func whatHasNoMeaningIsSaid() async throws {
        let ending = try await run(
            try Faultlab.path,
            ["simulate", "--workload", "constant:duration=1s", "--set", "TARGET_PODS=a", "--set", "RAMP_TIME=5"])
        #expect(ending.code == 0)
        #expect(
            ending.errors.contains("note: TARGET_PODS, RAMP_TIME have no meaning for a simulation and are ignored\n"))
        #expect(ending.errors.contains("warning: LIMIT=2mb: "))
    }
}

extension TemporaryFolder {
    /// The names of everything in the folder, hidden files included, in order.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}
