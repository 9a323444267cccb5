import CLoad

extension LoadSection {
    private static let contestants: [Contestant] = [
        .direct, .relay, .http, .sparing, .haproxy, .splicing, .nginx, .socat,
    ]

    /// One stream as fast as it goes.
    static let bulk = LoadSection(
        name: "bulk", summary: "one stream as fast as it goes, and what 10⁹ bytes take of a processor",
        remarks: [
            "the sender writes 128 KiB at a time, the receiver throws bytes away where they are (MSG_TRUNC)",
            "the first two carry no protocol; the third is the body of one HTTP answer; CPU is the proxy's alone",
            "splice is splice-request and splice-response, because splice-auto decides to copy here",
        ],
        loads: [
            Load(condition: "download", kind: CL_DOWNLOAD, connections: 1, contestants: contestants),
            Load(condition: "upload", kind: CL_UPLOAD, connections: 1, contestants: contestants),
            Load(condition: "HTTP download", kind: CL_HTTP_DOWNLOAD, connections: 1, contestants: contestants),
        ],
        columns: [
            Comparison.Column(metric: .gigabitsPerSecond, title: "Gbit/s", digits: 1, bases: ["direct", "HAProxy"]),
            Comparison.Column(metric: .processorSecondsPerGigabyte, title: "CPU s/GB", digits: 2, bases: ["HAProxy"]),
        ])
}
