import CLoad

extension LoadSection {
    private static let contestants: [Contestant] = [
        .direct, .relay, .http, .sparing, .selecting, .haproxy, .nginx, .socat,
    ]

    /// Small requests on connections that stay.
    static let keepalive = LoadSection(
        name: "keepalive", summary: "requests per second on connections that stay, and what one takes of a processor",
        remarks: [
            "GET with an answer of 12 bytes, the next one when the answer is there; CPU is the proxy's alone",
            "\"1 in 1000\" resets every 1000th request at once, and its client connects anew",
            "ours keeps the last 65,536 events",
        ],
        loads: [1, 32, 256].map { count in
            Load(
                condition: "\(count) connection\(count == 1 ? "" : "s")", kind: CL_KEEP_ALIVE, connections: count,
                contestants: contestants)
        },
        columns: [
            Comparison.Column(metric: .perSecond, title: "req/s", digits: 0, bases: ["direct", "HAProxy"]),
            Comparison.Column(metric: .processorMicroseconds, title: "CPU µs/req", digits: 1, bases: ["HAProxy"]),
        ])

    /// A connection for each request.
    static let short = LoadSection(
        name: "short", summary: "connections per second with one request each, and what one takes of a processor",
        remarks: [
            "32 clients; GET with an answer of 12 bytes, then the upstream closes; CPU is the proxy's alone",
            "ours keeps the last 65,536 events",
        ],
        loads: [Load(condition: "32 at a time", kind: CL_SHORT, connections: 32, contestants: contestants)],
        columns: [
            Comparison.Column(metric: .perSecond, title: "conn/s", digits: 0, bases: ["direct", "HAProxy"]),
            Comparison.Column(metric: .processorMicroseconds, title: "CPU µs/conn", digits: 1, bases: ["HAProxy"]),
        ])
}
