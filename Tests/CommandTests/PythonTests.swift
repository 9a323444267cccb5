import FaultLab
import FaultLabTestSupport
import Testing

/// Python's `http.client`, which hides nothing: no retry, and the error that the system gave.
@Suite(.requires("python3")) struct PythonTests {
    private func python(_ script: String, port: Int) async throws -> ChildProcess.Ending {
        try await run(try RealProgram.require("python3"), ["-I", "-B", "-c", script, String(port)])
    }

    @Test func fiftyRequestsShareAConnection() async throws {
        let script = """
            import http.client, sys
            connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=20)
            for number in range(50):
                connection.request('GET', '/%d' % (number * 1000))
                answer = connection.getresponse()
                body = answer.read()
                want = bytes((i * 31 + (i >> 8)) & 255 for i in range(number * 1000))
                assert answer.status == 200 and body == want, (number, answer.status, len(body))
            print('whole')
            """
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            let ending = try await python(script, port: lab.port)
            #expect(ending.output == "whole\n", "\(ending.errors)")
            try await lab.settle()
            #expect(lab.log.tally.connections == 1)
            #expect(lab.log.tally.answered == 50)
        }
    }

    @Test func aChunkedUploadArrivesWhole() async throws {
        let script = """
            import http.client, sys
            connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=20)
            for number in range(3):
                pieces = (bytes([65 + number]) * size for size in (1, 10, 100000, 7))
                connection.request('POST', '/0', body=pieces, encode_chunked=True,
                                   headers={'Transfer-Encoding': 'chunked'})
                answer = connection.getresponse()
                assert answer.status == 200, answer.status
                answer.read()
            print('whole')
            """
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            let ending = try await python(script, port: lab.port)
            #expect(ending.output == "whole\n", "\(ending.errors)")
            try await lab.settle()
            let requests = lab.log.record.requests
            #expect(requests.map(\.line.method) == ["POST", "POST", "POST"])
            #expect(requests.allSatisfy { ($0.requestBytes ?? 0) > 100_018 })
            #expect(lab.log.tally.connections == 1)
        }
    }

    @Test func theSummaryHasALineOfItsOwnAtATerminal() async throws {
        let script = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], [sys.argv[1], 'proxy', '--listen', '127.0.0.1:0', '--upstream', '127.0.0.1:9'])
            said = b''
            while True:
                try:
                    piece = os.read(terminal, 4096)
                except OSError:
                    break
                if not piece:
                    break
                if b'\\n' in piece and b'\\n' not in said:
                    os.write(terminal, b'\\x03')
                said += piece
            os.waitpid(pid, 0)
            sys.stdout.write(said.decode().replace('\\r', ''))
            """
        let python = try RealProgram.require("python3")
        let ending = try await run(python, ["-I", "-B", "-c", script, try Faultlab.path])
        let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.dropFirst().first == "^C", "\(ending.output) \(ending.errors)")
        #expect(lines.dropFirst(2).first == "connections 0, requests 0, answered 0, reset 0")
    }

    @Test(arguments: [false, true]) func aResetIsAConnectionResetError(isKept: Bool) async throws {
        let script = """
            import http.client, sys
            connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=20)
            for number in (1, 2):
                try:
                    connection.request('GET', '/1')
                    connection.getresponse().read()
                    print('answered')
                except ConnectionResetError as error:
                    print(type(error).__name__, error.errno)
                    break
            """
        let fault = PodHTTPResetPeer(choosing: .ordinals([isKept ? 2 : 1]))
        try await withLab(serving: Bodies.serve, faults: [fault]) { lab in
            let ending = try await python(script, port: lab.port)
            #expect(ending.output == (isKept ? "answered\n" : "") + "ConnectionResetError 104\n", "\(ending.errors)")
            #expect(lab.log.tally.connections == 1)
            #expect(lab.log.tally.resets == 1)
        }
    }
}
