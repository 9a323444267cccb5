/// What is measured beside others, under the name that it has in the tables.
struct Contestant {
    let name: String
    let kind: Kind
    /// The same thing in a release build, which a debug build is compared with.
    var release: String?

    enum Kind {
        /// The clients talk to the upstream.
        case direct
        /// A proxy of ours, in a build of this benchmark; `nil` is the one that runs.
        case faultlab(Handling, build: String? = nil)
        case haproxy(splices: Bool = false)
        case nginx
        case socat
        /// A loop that sends an RST to whoever asks.
        case resetLoop
    }

    static let direct = Contestant(name: "direct", kind: .direct)
    static let relay = Contestant(name: "faultlab relay", kind: .faultlab(.relay))
    static let http = Contestant(name: "faultlab HTTP", kind: .faultlab(.http))
    static let sparing = Contestant(name: "faultlab armed, 0 %", kind: .faultlab(.sparing))
    static let selecting = Contestant(name: "faultlab armed, 1 in 1000", kind: .faultlab(.selecting))
    static let haproxy = Contestant(name: "HAProxy", kind: .haproxy())
    static let splicing = Contestant(name: "HAProxy, splice", kind: .haproxy(splices: true))
    static let nginx = Contestant(name: "nginx stream", kind: .nginx)
    static let socat = Contestant(name: "socat fork", kind: .socat)

    static let resetting = Contestant(name: "faultlab", kind: .faultlab(.resetting))
    static let resetLoop = Contestant(name: "C loop", kind: .resetLoop)

    /// Ours in a debug build of the benchmark.
    static func debug(_ build: String?) -> [Contestant] {
        guard let build else { return [] }
        return [
            Contestant(
                name: "faultlab relay (debug)", kind: .faultlab(.relay, build: build), release: Contestant.relay.name),
            Contestant(
                name: "faultlab HTTP (debug)", kind: .faultlab(.http, build: build), release: Contestant.http.name),
        ]
    }
}
