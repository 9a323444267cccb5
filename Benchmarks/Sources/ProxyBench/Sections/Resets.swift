import CLoad

extension LoadSection {
    /// A reset for each request.
    static let resets = LoadSection(
        name: "resets", summary: "resets per second, beside a bare loop in C",
        remarks: [
            "32 clients connect, send a request, have an RST and connect anew; each side has one thread",
            "ours resets every request at once and has an upstream; the loop accepts, reads once and sends an RST",
            "ours keeps the last 65,536 events",
        ],
        loads: [
            Load(
                condition: "32 at a time", kind: CL_RESET, connections: 32, contestants: [.resetting, .resetLoop])
        ],
        columns: [
            Comparison.Column(metric: .perSecond, title: "resets/s", digits: 0, bases: ["C loop"]),
            Comparison.Column(metric: .processorMicroseconds, title: "CPU µs/reset", digits: 1, bases: ["C loop"]),
        ],
        rounds: 3, takesDebugBuilds: false, adjust: { $0.threads = 1 })
}
