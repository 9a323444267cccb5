import CLoad

/// A contestant that runs, in front of an upstream.
final class RunningContestant {
    let contestant: Contestant
    let port: UInt16
    /// `nil` for the direct way.
    let process: ServedProcess?

    var name: String { contestant.name }

    /// Starts a contestant.
    ///
    /// - Parameters:
    ///   - contestant: Who.
    ///   - upstream: The port of the upstream.
    ///   - connections: The most connections that it is going to have.
    ///   - stage: Where.
    ///   - adjust: Changes a proxy of ours before it starts.
    /// - Throws: `Failure` with the reason why it cannot take part.
    init(
        _ contestant: Contestant, upstream: UInt16, connections: Int = 1024, on stage: Stage,
        adjust: (inout ProxyRole) -> Void = { _ in }
    ) throws {
        self.contestant = contestant
        switch contestant.kind {
        case .direct:
            port = upstream
            process = nil
        case .faultlab(let handling, let build):
            var role = ProxyRole(upstream: upstream, handling: handling, threads: stage.options.threads)
            adjust(&role)
            let process = try stage.serve(role.words, build: build)
            port = UInt16(try process.number(behind: "port"))
            self.process = process
        case .resetLoop:
            let process = try stage.serve(["resets"])
            port = UInt16(try process.number(behind: "port"))
            self.process = process
        case .haproxy, .nginx, .socat:
            let free = cl_free_port()
            guard free > 0 else { throw Failure.system("a free port") }
            port = UInt16(free)
            let peer = Peer(
                port: port, upstream: upstream, threads: stage.options.threads, connections: connections,
                folder: stage.folder)
            let process = try ServedProcess(try peer.command(contestant.kind), in: stage.folder)
            try process.waitUntilListening(on: port)
            self.process = process
        }
    }

    private var isOurs: Bool {
        switch contestant.kind {
        case .direct, .faultlab, .resetLoop: true
        case .haproxy, .nginx, .socat: false
        }
    }

    /// Ends it; what a proxy of ours said last.
    @discardableResult
    func end() -> String { process?.end(asking: isOurs) ?? "" }
}
