import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// nginx as the upstream: a server that uses what HTTP/1.1 has to offer.
@Suite(.requires("nginx"), .requires("curl")) struct NginxTests {
    /// Runs nginx as the current user on a free port, with a folder of files.
    private func withNginx<Result>(_ body: (Int) async throws -> Result) async throws -> Result {
        let program = try RealProgram.require("nginx")
        return try await withTemporaryFolder { folder in
            for size in Bodies.sizes { try folder.write(Bodies.bytes(size), to: "files/\(size)") }
            try folder.write(String(repeating: "compress me ", count: 10_000), to: "files/text.txt")
            // Between the free bind and nginx somebody else may take the port; then nginx ends and another is tried.
            for _ in 0..<5 {
                let port = BoundSocket(listening: false).port
                try folder.write(Self.configuration(port: port, folder: folder.path), to: "nginx.conf")
                let arguments = ["-p", folder.path, "-e", "error.log", "-c", folder.path(of: "nginx.conf")]
                let result = try await withChild(program, arguments) { child -> Result? in
                    // It writes this file once it listens; a connection alone might be somebody else's.
                    let isUp = try await eventually {
                        child.isRunning ? (folder.text(of: "nginx.pid").isEmpty ? nil : true) : false
                    }
                    guard isUp == true else { return nil }
                    let result = try await body(port)
                    // Its workers end with it only when it is asked to end.
                    child.send(SIGTERM)
                    _ = try await child.ending()
                    return result
                }
                if let result { return result }
            }
            throw NeverUp(log: folder.text(of: "error.log"))
        }
    }

    private struct NeverUp: Error {
        let log: String
    }

    private static func configuration(port: Int, folder: String) -> String {
        // nginx refuses `user` unless it is started by root, whose workers would otherwise be nobody's.
        let user = getuid() == 0 ? "user root;" : ""
        return """
            \(user)
            daemon off; worker_processes 1; pid \(folder)/nginx.pid; error_log \(folder)/error.log;
            events { worker_connections 64; }
            http {
              access_log off; default_type text/plain; gzip on; gzip_types text/plain; gzip_min_length 20000;
              client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
              fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
              server { listen 127.0.0.1:\(port); root \(folder)/files; }
            }
            """
    }

    private func curl(_ arguments: [String]) async throws -> ChildProcess.Ending {
        try await run(
            try RealProgram.require("curl"), ["-q", "-sS", "--noproxy", "*", "--max-time", "20"] + arguments)
    }

    @Test func whatNginxAnswersPassesUnharmed() async throws {
        try await withNginx { port in
            try await withLab(upstream: "127.0.0.1:\(port)", faults: [sparing]) { lab in
                try await withTemporaryFolder { folder in
                    func to(_ name: String, _ target: String) -> [String] {
                        ["-o", folder.path(of: name), lab.url(target)]
                    }
                    // One process and one connection: file by file, a range of one, and a chunked, compressed text.
                    let next = ["--next", "-q", "-sS", "--noproxy", "*", "-w", "%{http_code} %{num_connects}\n"]
                    var arguments = ["-w", "%{http_code} %{num_connects}\n"]
                    for size in Bodies.sizes { arguments += to("\(size)", "/\(size)") }
                    arguments += next + ["--range", "100-199"] + to("range", "/10000")
                    arguments += next + ["--compressed", "-D", folder.path(of: "head")] + to("text", "/text.txt")
                    let ending = try await curl(arguments)
                    #expect(ending.code == 0, "\(ending.errors)")
                    #expect(ending.output == "200 1\n200 0\n200 0\n200 0\n206 0\n200 0\n")
                    for size in Bodies.sizes { #expect(folder.bytes(of: "\(size)") ?? [] == Bodies.bytes(size)) }
                    #expect(folder.bytes(of: "range") == Array(Bodies.bytes(10_000)[100...199]))
                    #expect(folder.text(of: "text") == String(repeating: "compress me ", count: 10_000))
                    let head = folder.text(of: "head")
                    #expect(head.contains("Transfer-Encoding: chunked\r\n"))
                    #expect(head.contains("Content-Encoding: gzip\r\n"))
                }
                try await lab.settle()
                #expect(lab.fates == [200, 200, 200, 200, 206, 200].map { .answered(status: $0) })
                #expect(lab.log.tally.connections == 1)
            }
        }
    }

    @Test func aFileThatHasNotChangedIs304AndTheConnectionGoesOn() async throws {
        try await withNginx { port in
            try await withLab(upstream: "127.0.0.1:\(port)", faults: [sparing]) { lab in
                let probe = ["-o", "/dev/null", "-w", "%{http_code} %{num_connects}\n"]
                let next = ["--next", "-q", "-sS", "--noproxy", "*"]
                let url = lab.url("/10000")
                let stamp = try await curl(["--head", url]).output.split(separator: "\r\n")
                    .first { $0.hasPrefix("Last-Modified: ") }?.dropFirst("Last-Modified: ".count)
                let since = ["-H", "If-Modified-Since: \(try #require(stamp))"]
                let again = try await curl(probe + since + [url] + next + probe + [url])
                #expect(again.output == "304 1\n200 0\n")
                try await lab.settle()
                #expect(lab.fates.suffix(2) == [.answered(status: 304), .answered(status: 200)])
            }
        }
    }

    @Test func everyAnswerToHTTP10EndsItsConnection() async throws {
        try await withNginx { port in
            try await withLab(upstream: "127.0.0.1:\(port)", faults: [sparing]) { lab in
                try await withTemporaryFolder { folder in
                    var arguments = ["--http1.0", "--compressed"]
                    for size in Bodies.sizes { arguments += ["-o", folder.path(of: "\(size)"), lab.url("/\(size)")] }
                    let ending = try await curl(arguments)
                    #expect(ending.code == 0, "\(ending.errors)")
                    for size in Bodies.sizes { #expect(folder.bytes(of: "\(size)") ?? [] == Bodies.bytes(size)) }
                }
                try await lab.settle()
                #expect(lab.log.tally.connections == Bodies.sizes.count)
                // Who is first is open: nginx closes behind its answer, and curl knows where the answer ends.
                #expect(lab.log.record.connections.allSatisfy { $0.end?.how == .finished })
            }
        }
    }

    @Test func aResetInFrontOfNginxIsError56AndNginxGoesOn() async throws {
        try await withNginx { port in
            let fault = PodHTTPResetPeer(choosing: .first(1))
            try await withLab(upstream: "127.0.0.1:\(port)", faults: [fault]) { lab in
                let first = try await curl([lab.url("/3000000")])
                #expect(first.code == 56)
                let second = try await curl(["-o", "/dev/null", "-w", "%{size_download}", lab.url("/3000000")])
                #expect(second.code == 0)
                #expect(second.output == "3000000")
            }
        }
    }
}
