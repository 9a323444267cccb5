import FaultLab
import FaultLabTestSupport
import Testing

/// What a probe says about an answer that does not come as it should.
@Suite struct LabProbeTests {
    /// Asks one probe before anything else happens.
    private func ask(_ lab: Lab, status: Int = 200, timeout: Duration = .seconds(10)) async throws -> ProbeResult {
        let report = try await lab.run(
            Experiment("asks once") {
                SteadyState { lab.probe("answers", get: "/health", is: status, timeout: timeout) }
                Inject("none", ResetDisruption(selection: .first(0)))
                Hold(for: .milliseconds(1))
                Expect { AllowNoEffect() }
            })
        return try #require(report.probes.first)
    }

    @Test(arguments: [200, 404, 500]) func theStatusDecides(status: Int) async throws {
        try await withLab(serving: { _ in HTTPStubAnswer(status: status) }) { lab in
            let (asIs, asAsked) = (try await ask(lab), try await ask(lab, status: status))
            #expect(asIs.passed == (status == 200))
            let detail = status == 200 ? "" : "GET /health at \(lab.proxy.address): answered \(status), not 200"
            #expect(asIs.detail == detail)
            #expect(asAsked.passed)
        }
    }

    @Test func aMissingSlashIsAdded() async throws {
        try await withLab(serving: { $0.target == "/health" ? .ok() : HTTPStubAnswer(status: 400) }) { lab in
            let report = try await lab.run(
                Experiment("asks without a slash") {
                    SteadyState { lab.probe("answers", get: "health") }
                    Inject("none", ResetDisruption(selection: .first(0)))
                    Hold(for: .milliseconds(1))
                    Expect { AllowNoEffect() }
                })
            #expect(report.outcome == .passed)
            #expect(lab.url("health") == lab.url("/health"))
        }
    }

    @Test(arguments: [0, 10, 60]) func anAnswerThatIsCutIsNoAnswer(prefix: Int) async throws {
        let fault = PodHTTPResetPeer(options: ResetOptions(responsePrefix: prefix))
        try await withLab(serving: { _ in .ok("0123456789") }, faults: [fault]) { lab in
            let result = try await ask(lab)
            #expect(!result.passed)
            #expect(result.detail.contains("GET /health at \(lab.proxy.address): receive: Connection reset by peer"))
        }
    }

    @Test func anAnswerThatEndsEarlyIsNoAnswer() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        }
        try await withLab(before: server) { lab in
            let result = try await ask(lab)
            #expect(!result.passed)
            #expect(result.detail.hasSuffix("the connection ended without an answer"))
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n",
    ])
    func everyFramingIsAnAnswer(answer: String) async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send(answer)
        }
        try await withLab(before: server) { lab in
            let result = try await ask(lab)
            #expect(result.passed, "\(result.detail)")
        }
    }

    @Test func whatIsNoHTTPIsNoAnswer() async throws {
        let server = RawServer { _, _, socket in
            guard case .bytes = socket.read() else { return }
            socket.send("220 smtp.example ready\r\n")
        }
        try await withLab(before: server) { lab in
            let result = try await ask(lab)
            #expect(!result.passed)
            #expect(result.detail.contains("an answer that is no HTTP"))
        }
    }

    @Test func aRefusedConnectionIsNoAnswer() async throws {
        let nobody = BoundSocket(listening: false)
        try await withLab(before: nobody) { lab in
            let result = try await ask(lab)
            #expect(!result.passed)
            #expect(result.detail.contains("Connection reset by peer"))
        }
    }

    @Test func aSlowAnswerIsNoAnswer() async throws {
        try await withLab(serving: { _ in .ok(after: .seconds(60)) }) { lab in
            let result = try await ask(lab, timeout: .milliseconds(100))
            #expect(!result.passed)
            #expect(result.detail.contains("no answer within"))
            #expect(result.duration >= .milliseconds(100))
        }
    }

    @Test func aProbeOfALabThatIsOverFailsAtOnce() async throws {
        // Long enough for the test to hang visibly if the probe were forgotten.
        let task = try await withLab(serving: { _ in .ok(after: .seconds(600)) }) { lab in
            let task = Task { try await ask(lab, timeout: .seconds(500)) }
            _ = try await eventually { lab.log.tally.requests == 1 ? true : nil }
            return task
        }
        let result = try await task.value
        #expect(!result.passed)
    }
}
