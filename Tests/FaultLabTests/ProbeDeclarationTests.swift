import FaultLab
import Testing

/// A question that is declared wrong says so, and asks nobody.
@Suite struct ProbeDeclarationTests {
    @Test(arguments: [
        ("https://127.0.0.1/", "TLS is not spoken"), ("HTTPS://shop", "TLS is not spoken"),
        ("", "write a whole URL"), ("127.0.0.1:80/health", "write a whole URL"), ("ftp://a/", "begins with http://"),
        ("http://", "the host is missing"), ("http:///health", "the host is missing"),
        ("http://:80/", "the host is missing"),
        ("http://a:0/", "a port from 1 to 65535"), ("http://a:65536/", "a port from 1 to 65535"),
        ("http://a:/", "a port from 1 to 65535"), ("http://a:8o/", "a port from 1 to 65535"),
        ("http://a:+80/", "a port from 1 to 65535"), ("http://a:٨٠/", "only ASCII"),
        ("http://a:99999999999999999999/", "a port from 1 to 65535"),
        ("http://::1/", "write brackets"), ("http://[::1/", "not closed"), ("http://[::1]80/", "stands a colon"),
        ("http://[shop]:80/", "brackets stand around"), ("http://[]/", "brackets stand around"),
        ("http://a b/", "spaces"), ("http://a/b c", "spaces"), ("http://a/\r\nX: y", "spaces"),
        ("http://a/ü", "only ASCII"),
        ("http://a/#top", "fragment"), ("http://user:secret@a/", "Authorization"), ("http://a!/", "a host is a name"),
    ])
    func aURLThatIsNone(url: String, words: String) async throws {
        let question = ProbeQuestion.http(get: url)
        let answer = try await question.ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("not asked: "), "\(answer.detail)")
        #expect(answer.detail.contains(words), "\(answer.detail)")
        #expect(!"\(question.summary) \(answer.detail)".contains("secret"))
    }

    @Test(
        arguments: [
            ("", [:], "a method is a word"), ("GET /", [:], "a method is a word"), ("CONNECT", [:], "opens a tunnel"),
            ("G\u{9B}2J", [:], #"not "G\u{9b}2J""#), ("GET", ["\u{202E}": "x"], #"not "\u{202e}""#),
            ("GET", ["": "x"], "the name of a header"), ("GET", ["a:b": "x"], "the name of a header"),
            ("GET", ["a\r\nb": "x"], "the name of a header"),
            ("GET", ["A": "secret\r\nB: c"], "the header A has a control"),
            ("GET", ["Content-Length": "3"], "written by the probe itself"),
            ("GET", ["transfer-ENCODING": "chunked"], "written by the probe itself"),
        ] as [(String, [String: String], String)])
    func aRequestThatIsNone(method: String, headers: [String: String], words: String) async throws {
        let question: ProbeQuestion
        if let (name, value) = headers.first {
            question = .http(method, "http://127.0.0.1:1/", headers: [name: value])
        } else {
            question = .http(method, "http://127.0.0.1:1/")
        }
        let answer = try await question.ask()
        #expect(answer.detail.contains(words), "\(answer.detail)")
        #expect(!answer.passed)
        #expect(!answer.detail.contains("secret"))
    }

    @Test(arguments: [
        "", "127.0.0.1", "127.0.0.1:", ":80", "[::1]", "::1:80", "a:0", "a:b", "http://a:80", "a:80/", "a b:80",
    ])
    func anAddressThatIsNone(address: String) async throws {
        let answer = try await ProbeQuestion.tcp(connect: address).ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("not asked: \(address.debugDescription): "), "\(answer.detail)")
    }

    @Test(arguments: [[], [""], ["ls", "a\0b"]]) func aCommandThatIsNone(words: [String]) async throws {
        let answer = try await ProbeQuestion.command(words).ask()
        #expect(!answer.passed)
        #expect(answer.detail.hasPrefix("not asked: "), "\(answer.detail)")
    }

    @Test func aSummarySaysWhatIsAskedWithoutSecrets() {
        #expect(ProbeQuestion.http(get: "http://a/b?token=secret").summary == "GET http://a/b?…")
        #expect(ProbeQuestion.http("HEAD", "http://[::1]:8080").summary == "HEAD http://[::1]:8080/")
        #expect(ProbeQuestion.tcp(connect: "[::1]:80").summary == "connect to [::1]:80")
        #expect(ProbeQuestion.command(["/bin/sh", "-c", "a b"]).summary == #"/bin/sh -c "a b""#)
    }

    @Test func aBodyLimitBelowOneByteIsAMistakeOfTheProgram() async {
        await #expect(processExitsWith: .failure) { _ = ProbeQuestion.http("GET", "http://a/", bodyLimit: 0) }
    }
}
