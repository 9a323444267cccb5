import FaultLab
import FaultLabTestSupport
import Testing

/// curl, a client that keeps connections and re-sends silently when a kept one dies.
@Suite(.requires("curl")) struct CurlTests {
    private func curl(_ arguments: [String]) async throws -> ChildProcess.Ending {
        // Without the person's settings and proxies, and bounded.
        try await run(
            try RealProgram.require("curl"),
            ["-q", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20"] + arguments)
    }

    @Test(arguments: [([], 1), (["--http1.0"], Bodies.sizes.count)])
    func bodiesArriveWhole(options: [String], connections: Int) async throws {
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            try await withTemporaryFolder { folder in
                var arguments = options
                for size in Bodies.sizes { arguments += ["-o", folder.path(of: "\(size)"), lab.url("/\(size)")] }
                let ending = try await curl(arguments)
                #expect(ending.code == 0, "\(ending.errors)")
                for size in Bodies.sizes { #expect(folder.bytes(of: "\(size)") ?? [] == Bodies.bytes(size)) }
            }
            try await lab.settle()
            #expect(lab.fates == Bodies.sizes.map { _ in .answered(status: 200) })
            #expect(lab.log.tally.spared == 4)
            // HTTP/1.0 keeps no connection unless it is asked to.
            #expect(lab.log.tally.connections == connections)
        }
    }

    @Test func aHEADIsAnswered() async throws {
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            let ending = try await curl(["--head", lab.url("/10000"), "--next", "-q", "-s", lab.url("/1")])
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(ending.output.contains("Content-Length: 10000\r\n"))
            try await lab.settle()
            #expect(lab.log.record.requests.map(\.line.method) == ["HEAD", "GET"])
            #expect(lab.fates == [.answered(status: 200), .answered(status: 200)])
        }
    }

    @Test func aPostThatWaitsForContinueArrivesWhole() async throws {
        let body = Bodies.bytes(2_000_000)
        // A server that answers 100 itself, then echoes.
        let server = RawServer { server, number, socket in
            var received: [UInt8] = []
            let blankLine = Array("\r\n\r\n".utf8)
            while case .bytes(let bytes) = socket.read() {
                let hadHead = received.firstRange(of: blankLine) != nil
                received += bytes
                guard let head = received.firstRange(of: blankLine) else { continue }
                if !hadHead { socket.send("HTTP/1.1 100 Continue\r\n\r\n") }
                guard received.count - head.upperBound == body.count else { continue }
                server.note(Array(received[..<head.upperBound]), on: number)
                socket.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
                socket.send(Array(received[head.upperBound...]))
            }
        }
        defer { withExtendedLifetime(server) {} }
        try await withLab(upstream: "127.0.0.1:\(server.port)", faults: [sparing]) { lab in
            try await withTemporaryFolder { folder in
                try folder.write(body, to: "body")
                let ending = try await curl([
                    "-H", "Expect: 100-continue", "--expect100-timeout", "15", "--data-binary",
                    "@" + folder.path(of: "body"), "-o", folder.path(of: "echo"), lab.url("/upload"),
                ])
                #expect(ending.code == 0, "\(ending.errors)")
                #expect(folder.bytes(of: "echo") == body)
            }
            #expect(server.text().contains("Expect: 100-continue\r\n"))
            try await lab.settle()
            let request = try #require(lab.log.record.requests.first)
            #expect(request.fate == .answered(status: 200))
            #expect(lab.log.tally.requests == 1)
        }
    }

    @Test(arguments: [0, 30]) func aResetIsError56(delay: Int) async throws {
        let fault = PodHTTPResetPeer(resetTimeout: .milliseconds(delay))
        try await withLab(serving: Bodies.serve, faults: [fault]) { lab in
            let ending = try await curl([lab.url("/10000")])
            #expect(ending.code == 56)
            #expect(ending.errors.contains("Recv failure: Connection reset by peer"))
            #expect(ending.output == "")
            #expect(lab.log.tally.resets == 1)
        }
    }

    @Test func anAnswerThatIsCutIsError56() async throws {
        let fault = PodHTTPResetPeer(options: ResetOptions(responsePrefix: 5000))
        try await withLab(serving: Bodies.serve, faults: [fault]) { lab in
            let ending = try await curl(["-o", "/dev/null", "-w", "%{http_code} %{size_download}", lab.url("/10000")])
            #expect(ending.code == 56)
            #expect(ending.output.hasPrefix("200 "))
            let size = ending.output.split(separator: " ").last.flatMap { Int($0) } ?? 0
            #expect((1..<5000).contains(size))
        }
    }

    @Test func aResetOnAKeptConnectionIsHiddenByARepeat() async throws {
        // The second request of the run is reset; curl sends it again on a new connection and tells nobody.
        let fault = PodHTTPResetPeer(choosing: .ordinals([2]))
        try await withLab(serving: Bodies.serve, faults: [fault]) { lab in
            let ending = try await curl(["-o", "/dev/null", "-o", "/dev/null", lab.url("/1"), lab.url("/10000")])
            #expect(ending.code == 0, "\(ending.errors)")
            try await lab.settle()
            let requests = lab.log.record.requests
            #expect(requests.map(\.line.target) == ["/1", "/10000", "/10000"])
            #expect(requests.map(\.isSelected) == [false, true, false])
            #expect(lab.log.tally.connections == 2)
        }
    }
}
