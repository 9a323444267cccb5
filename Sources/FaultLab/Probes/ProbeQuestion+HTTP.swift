public import Experiments

extension ProbeQuestion {
    /// Asks with a GET over HTTP/1.1, on a connection of its own.
    ///
    /// ```swift
    /// Probe(
    ///     "shop answers",
    ///     asking: .http(
    ///         get: "http://127.0.0.1:8080/health", status: 200, body: .contains("ok"),
    ///         latency: .atMost(.milliseconds(300))))
    /// ```
    ///
    /// A connection that is refused or reset and an answer that is cut or no HTTP are a *no* that says what happened.
    /// Redirects are not followed: their status is what is compared. TLS is not spoken.
    ///
    /// - Parameters:
    ///   - url: The URL, which begins with `http://`. The query is sent and not shown in reports.
    ///   - headers: Header fields; a `Host` takes the place of the URL's.
    ///   - status: What the status is held against.
    ///   - body: What the body, read as UTF-8, is held against; `nil` for anything. A body longer than 1 MiB is a *no*.
    ///   - latency: What the time from the first connect to the end of the answer is held against; `nil` for any.
    /// - Returns: The question.
    public static func http(
        get url: String, headers: KeyValuePairs<String, String> = [:], status: Comparison<Int> = 200,
        body: TextComparison? = nil, latency: Comparison<Duration>? = nil
    ) -> ProbeQuestion {
        http("GET", url, headers: headers, status: status, body: body, latency: latency)
    }

    /// Asks with any method over HTTP/1.1, on a connection of its own.
    ///
    /// ```swift
    /// .http(
    ///     "POST", "http://127.0.0.1:8080/orders", headers: ["Content-Type": "application/json"],
    ///     content: #"{"sku": 7}"#, status: .oneOf([200, 201]))
    /// ```
    ///
    /// - Parameters:
    ///   - method: The method, as in `HEAD`; not `CONNECT`.
    ///   - url: The URL, which begins with `http://`. The query is sent and not shown in reports.
    ///   - headers: Header fields; a `Host` takes the place of the URL's.
    ///   - content: The body of the request.
    ///   - status: What the status is held against.
    ///   - body: What the body of the answer, read as UTF-8, is held against; `nil` for anything.
    ///   - bodyLimit: The longest body that is held against something, in bytes, at least 1; a longer one is a *no*.
    ///   - latency: What the time from the first connect to the end of the answer is held against; `nil` for any.
    /// - Returns: The question.
    public static func http(
        _ method: String, _ url: String, headers: KeyValuePairs<String, String> = [:], content: String = "",
        status: Comparison<Int> = 200, body: TextComparison? = nil, bodyLimit: Int = 1 << 20,
        latency: Comparison<Duration>? = nil
    ) -> ProbeQuestion {
        precondition(bodyLimit >= 1, "the longest body that is compared has at least 1 byte, not \(bodyLimit)")
        let expectation = HTTPExpectation(status: status, body: body, bodyLimit: bodyLimit, latency: latency)
        do throws(ProbeFlaw) {
            let url = try ProbeURL(url)
            let request = try HTTPProberRequest(
                checking: method, url.target, authority: url.authority,
                fields: headers.map { (name: $0.key, value: $0.value) }, content: Array(content.utf8))
            return ProbeQuestion("\(method) \(url)") { try await expectation.ask(request, at: url.endpoint) }
        } catch {
            // The text itself may hold what no report should show, and stands in the source anyway.
            return .unaskable("HTTP", because: error)
        }
    }
}

/// What an answer over HTTP is held against.
private struct HTTPExpectation: Sendable {
    let status: Comparison<Int>
    let body: TextComparison?
    let bodyLimit: Int
    let latency: Comparison<Duration>?

    func ask(_ request: HTTPProberRequest, at endpoint: ProbeEndpoint) async throws -> ProbeAnswer {
        do {
            let answer = try await withProbeLoop { loop in
                let addresses = try await loop.run { _ in try endpoint.lookUp() }
                return try await HTTPProber(loop: loop).ask(
                    request, at: addresses, keeping: body == nil ? nil : bodyLimit)
            }
            return judge(answer)
        } catch let error as HTTPProbeError {
            return .no(error.description)
        } catch let flaw as ProbeFlaw {
            return .no("\(request.summary): \(flaw)")
        }
    }

    private func judge(_ answer: HTTPProber.Answer) -> ProbeAnswer {
        let summary = "answered \(answer.status) in \(ProbeText.length(answer.elapsed))"
        guard status.holds(for: answer.status) else {
            return .no("answered \(answer.status), expected \(status)")
        }
        if let body {
            guard !answer.isCut else {
                return .no("answered \(answer.status) with a body of more than \(bodyLimit) bytes, too long to compare")
            }
            let text = String(decoding: answer.body, as: UTF8.self)
            guard body.holds(for: text) else {
                return .no("answered \(answer.status) with \(ProbeText.excerpt(text)), expected \(body)")
            }
        }
        if let latency {
            guard latency.holds(for: answer.elapsed) else { return .no("\(summary), expected \(latency)") }
        }
        return .yes(summary)
    }
}
