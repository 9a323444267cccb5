import FaultLabTestSupport
import Testing

/// `faultlab simulate` on good traces.
@Suite struct SimulateTraceTests {
    private static let trace = "arrival_ns,size_bytes\n0,1514\n1000,40000\n2000,1514\n2000,1514\n"
    private static let words = ["--set", "BURST=2kb", "--set", "LIMIT=1600"]
    /// A bucket of 2048 bytes: the second packet is too large, the third waits, the fourth finds the queue full.
    private static let result = """
        arrival_ns,size_bytes,departure_ns,outcome
        0,1514,0,sent
        1000,40000,,oversize
        2000,1514,7840000,sent
        2000,1514,,limit

        """

    @Test func aTraceIsSimulated() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(Self.trace, to: "in.csv")
            let ending = try await run(
                try Faultlab.path,
                ["simulate", "--packets", folder.path(of: "in.csv"), "--output", folder.path(of: "out.csv")]
                    + Self.words)
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(ending.output == "")
            #expect(ending.errors.contains("1 Mbit/s, BURST 2 KiB, LIMIT 1600 B\n"))
            #expect(ending.errors.contains("limit 1, oversize 1\n"))
            #expect(folder.text(of: "out.csv") == Self.result)
            #expect(try folder.names == ["in.csv", "out.csv"])
        }
    }

    @Test func aDashIsStandardInputAndOutput() async throws {
        let ending = try await run(
            "/bin/sh",
            ["-c", #"printf '\#(Self.trace)' | "$0" simulate --packets - --output - "$@""#, try Faultlab.path]
                + Self.words)
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(ending.output == Self.result)
        #expect(ending.errors.contains("  sent "))
    }

    @Test func theResultMayTakeThePlaceOfTheTrace() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(Self.trace, to: "both.csv")
            let path = folder.path(of: "both.csv")
            for _ in 0..<2 {
                // The second time the result is the trace: its further columns are passed over.
                let ending = try await run(
                    try Faultlab.path, ["simulate", "--packets", path, "--output", path] + Self.words)
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(folder.text(of: "both.csv") == Self.result)
            }
        }
    }

    /// The kernel's token bucket once more, in tokens instead of moments: enqueue, dequeue and watchdog of sch_tbf.
    private static let tokenBucket = """
        import random, sys
        from collections import deque

        def prices(rate):
            factor, shift = 10**9, 0
            while True:
                mult = (factor // rate) & 0xffffffff
                if mult & 1 << 31 or factor & 1 << 63: break
                factor, shift = factor << 1, shift + 1
            return lambda size: size * mult >> shift

        def simulate(packets, rate, burst, limit, peak=None, minburst=None):
            cost = prices(rate)
            buffer = tokens = cost(burst)
            peakcost = prices(peak) if peak else None
            mtu = ptokens = peakcost(minburst) if peak else 0
            largest = min(burst, minburst) if peak else burst
            queue, backlog, now, checked, result = deque(), 0, 0, 0, []
            def drain(until):
                nonlocal tokens, ptokens, checked, backlog
                moment = now
                while queue:
                    index, size = queue[0]
                    toks = min(moment - checked, buffer)
                    ptoks = 0
                    if peak: ptoks = min(toks + ptokens, mtu) - peakcost(size)
                    toks = min(toks + tokens, buffer) - cost(size)
                    if toks >= 0 and ptoks >= 0:
                        checked, tokens, ptokens = moment, toks, ptoks
                        queue.popleft()
                        backlog -= size
                        result[index] += [str(moment), "sent"]
                        continue
                    moment += max(-toks, -ptoks)
                    if until is not None and moment > until: return
            for index, (arrival, size) in enumerate(packets):
                drain(arrival)
                now = arrival
                result.append([str(arrival), str(size)])
                if size > largest: result[index] += ["", "oversize"]
                elif backlog + size > limit: result[index] += ["", "limit"]
                else:
                    queue.append((index, size))
                    backlog += size
                    drain(now)
            drain(None)
            return result

        seed, trace, expected, *settings = sys.argv[1:]
        random.seed(int(seed))
        packets, moment = [], random.randrange(10**9)
        for _ in range(3000):
            moment += random.choice([0, 0, random.randrange(1000), random.randrange(10**7), random.randrange(10**8)])
            packets.append((moment, random.choice([60, 590, 1514, 1514, 1514, random.randrange(1, 9000)])))
        with open(trace, "w") as file:
            file.write("arrival_ns,size_bytes\\n" + "".join(f"{a},{s}\\n" for a, s in packets))
        lines = simulate(packets, *map(int, settings))
        outcomes = {line[3] for line in lines}
        with open(expected, "w") as file:
            file.write("arrival_ns,size_bytes,departure_ns,outcome\\n" + "".join(",".join(line) + "\\n" for line in lines))
        print(*sorted(outcomes))
        """

    @Test(
        .requires("python3"),
        arguments: [
            ("NETWORK_BANDWIDTH=1mbit BURST=8kb LIMIT=32kb", "125000 8192 32768"),
            ("NETWORK_BANDWIDTH=3333kbit BURST=3000 LIMIT=5000", "416625 3000 5000"),
            ("NETWORK_BANDWIDTH=64kbit BURST=20kb LIMIT=64kb", "8000 20480 65536"),
            ("NETWORK_BANDWIDTH=10gbit BURST=1514 LIMIT=9000", "1250000000 1514 9000"),
            (
                "NETWORK_BANDWIDTH=1mbit BURST=8kb LIMIT=32kb PEAK_RATE=1500kbit MIN_BURST=2000",
                "125000 8192 32768 187500 2000"
            ),
        ], 1...3)
    func everyPacketIsTheKernels(settings: (tunables: String, numbers: String), seed: Int) async throws {
        try await withTemporaryFolder { folder in
            let (trace, expected) = (folder.path(of: "in.csv"), folder.path(of: "expected.csv"))
            let numbers = settings.numbers.split(separator: " ").map(String.init)
            let python = try await run(
                try RealProgram.require("python3"), ["-c", Self.tokenBucket, "\(seed)", trace, expected] + numbers)
            #expect(python.code == 0, "\(python.errors)")
            #expect(python.output.contains("sent"))
            let tunables = settings.tunables.split(separator: " ").flatMap { ["--set", String($0)] }
            let output = folder.path(of: "out.csv")
            let ending = try await run(
                try Faultlab.path, ["simulate", "--packets", trace, "--output", output] + tunables)
            #expect(ending.code == 0, "\(ending.errors)")
            let lines = folder.text(of: "out.csv").split(separator: "\n")
            let wanted = folder.text(of: "expected.csv").split(separator: "\n")
            #expect(lines.count == 3001)
            let different = zip(lines, wanted).first { $0 != $1 }
            #expect(different == nil, "\(settings.tunables), seed \(seed)")
            #expect(lines.count == wanted.count)
        }
    }

    @Test func aTraceMayBeEmpty() async throws {
        let script = #"printf 'arrival_ns,size_bytes\n' | "$0" simulate --packets - --output -"#
        let ending = try await run("/bin/sh", ["-c", script, try Faultlab.path])
        #expect(ending.code == 0)
        #expect(ending.output == "arrival_ns,size_bytes,departure_ns,outcome\n")
        #expect(ending.errors.contains("no packets"))
    }
}
