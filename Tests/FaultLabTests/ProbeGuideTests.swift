import FaultLab
import FaultLabTestSupport
import Testing

/// What the guide to probes shows compiles as it stands there, but for ports and names of programs.
@Suite struct ProbeGuideTests {
    @Test func theQuestionsOfTheSteadyState() async throws {
        try await withHTTPStub({ $0.target == "/health" ? .ok("ok") : HTTPStubAnswer(status: 404) }) { stub in
            let questions: [ProbeQuestion] = [
                .http(
                    get: "http://\(stub.address)/health", status: 200, body: .contains("ok"),
                    latency: .atMost(.seconds(60))),
                .tcp(connect: "\(stub.address)"),
                .command(["echo", "7"], output: .matches("^[0-9]$")),
            ]
            for question in questions {
                let answer = try await question.ask()
                #expect(answer.passed, "\(question.summary): \(answer.detail)")
            }
        }
    }

    @Test func theUpstreamOfALab() async throws {
        try await withLab(serving: { _ in .ok("all is ok") }) { lab in
            let answer = try await ProbeQuestion.http(get: lab.url("/health"), body: .contains("ok")).ask()
            #expect(answer.passed, "\(answer.detail)")
        }
    }

    @Test func theGeneralFormOfHTTP() async throws {
        try await withHTTPStub({ HTTPStubAnswer(status: $0.method == "POST" ? 201 : 405) }) { stub in
            let question = ProbeQuestion.http(
                "POST", "http://\(stub.address)/orders", headers: ["Content-Type": "application/json"],
                content: #"{"sku": 7}"#, status: .oneOf([200, 201]))
            let answer = try await question.ask()
            #expect(answer.passed, "\(answer.detail)")
        }
    }

    @Test(
        arguments: [
            (["echo", "127.0.0.1:5432 - accepting connections"], 0, TextComparison.contains("accepting")),
            (["/bin/sh", "-c", "echo ok | grep -q ok"], 0, nil),
            (["grep", "-c", "ERROR", "/dev/null"], .atMost(1), .equal(to: "0")),
        ] as [([String], Comparison<Int>, TextComparison?)])
    func theCommands(words: [String], exit: Comparison<Int>, output: TextComparison?) async throws {
        let answer = try await ProbeQuestion.command(words, exit: exit, output: output).ask()
        #expect(answer.passed, "\(answer.detail)")
    }

    @Test func patternsFromTheSourceAndFromElsewhere() throws {
        let text = #"version: 2\.\d+"#
        let inSource: TextComparison = .matches(#"version: 2\.\d+"#)
        let fromFile: TextComparison = try .matches(pattern: text)
        #expect(inSource == fromFile)
        #expect(inSource.holds(for: "version: 2.17"))
    }

    @Test func comparisonsFromDocuments() throws {
        let status = try Comparison<Int>(criteria: "oneOf", values: ["200", "201"])
        let load = try Comparison<Double>(criteria: "<=", value: "0.75")
        let body = try TextComparison(criteria: "contains", value: "a,b")
        #expect(status.holds(for: 201) && load.holds(for: 0.75) && body.holds(for: "(a,b)"))
    }

    @Test(arguments: [(3, "3 messages", true), (11, "11 messages, expected at most 10", false)])
    func aQuestionOfYourOwn(depth: Int, detail: String, passes: Bool) async throws {
        let orders = OrderQueue(name: "orders", messages: depth)
        let answer = try await ProbeQuestion.queue(orders, depth: .atMost(10)).ask()
        #expect(answer == (passes ? .yes(detail) : .no(detail)))
    }
}

private struct OrderQueue: Sendable {
    let name: String
    let messages: Int

    func depth() async throws -> Int { messages }
}

extension ProbeQuestion {
    fileprivate static func queue(_ queue: OrderQueue, depth: Comparison<Int>) -> ProbeQuestion {
        ProbeQuestion("depth of the queue \(queue.name)") {
            let found = try await queue.depth()
            return depth.holds(for: found) ? .yes("\(found) messages") : .no("\(found) messages, expected \(depth)")
        }
    }
}
