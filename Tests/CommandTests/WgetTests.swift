import FaultLab
import FaultLabTestSupport
import Testing

/// wget, a client that retries whatever it was asked.
@Suite(.requires("wget")) struct WgetTests {
    private func wget(_ arguments: [String]) async throws -> ChildProcess.Ending {
        try await run(
            try RealProgram.require("wget"),
            ["--no-config", "--no-proxy", "--no-verbose", "--timeout=20", "--waitretry=0"] + arguments)
    }

    @Test func bodiesArriveWholeOnOneConnection() async throws {
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            try await withTemporaryFolder { folder in
                let urls = Bodies.sizes.map { lab.url("/\($0)") }
                let ending = try await wget(["--tries=1", "-P", folder.path] + urls)
                #expect(ending.code == 0, "\(ending.errors)")
                for size in Bodies.sizes { #expect(folder.bytes(of: "\(size)") == Bodies.bytes(size)) }
            }
            try await lab.settle()
            #expect(lab.fates == Bodies.sizes.map { _ in .answered(status: 200) })
            #expect(lab.log.tally.connections == 1)
        }
    }

    @Test(arguments: [1, 2, 3]) func aResetIsRetriedAndThenANetworkFailure(tries: Int) async throws {
        try await withLab(serving: Bodies.serve, faults: [PodHTTPResetPeer()]) { lab in
            let ending = try await wget(["--tries=\(tries)", "-O", "/dev/null", lab.url("/10000")])
            #expect(ending.code == 4, "the code of wget for a network failure")
            #expect(ending.errors.contains("Connection reset by peer"))
            try await lab.settle()
            #expect(lab.log.tally.resets == tries)
            #expect(lab.log.tally.connections == tries)
        }
    }

    @Test func aRetryThatIsSparedSucceeds() async throws {
        try await withLab(serving: Bodies.serve, faults: [PodHTTPResetPeer(choosing: .first(1))]) { lab in
            try await withTemporaryFolder { folder in
                let ending = try await wget(["--tries=2", "-O", folder.path(of: "body"), lab.url("/10000")])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(folder.bytes(of: "body") == Bodies.bytes(10_000))
            }
            #expect(lab.log.tally.resets == 1)
        }
    }
}
