public import Evidence
public import Experiments
public import FaultModel
public import FaultProxy
import SocketIO

/// The environment of one test: a proxy in front of its upstream, one event log, one seed.
///
/// A lab exists within ``withLab(upstream:faults:seed:_:)`` or ``withLab(serving:faults:seed:_:)``. It listens on a free
/// port of the loopback interface, needs no privileges, and shares nothing with other labs, so tests that run at the same
/// time do not see each other.
///
/// ```swift
/// try await withLab(upstream: "127.0.0.1:8080", faults: [PodHTTPResetPeer(toxicity: 30)]) { lab in
///     try await client.get(lab.url("/price"))
/// }
/// ```
public final class Lab: Sendable {
    /// The log that every part of the lab writes to.
    public let log: EventLog
    /// The seed of every choice; the same seed and requests give the same choices.
    public let seed: UInt64
    /// The proxy that clients of the lab connect to.
    public let proxy: Proxy

    private let prober: HTTPProber

    init(proxy: Proxy, seed: UInt64, prober: HTTPProber) {
        self.proxy = proxy
        log = proxy.log
        self.seed = seed
        self.prober = prober
    }

    /// The host to connect to.
    public var host: String { proxy.address.host }
    /// The port to connect to, free until the lab took it.
    public var port: Int { proxy.address.port }

    /// A URL through the lab.
    ///
    /// - Parameter target: Path and query; a missing slash at the beginning is added.
    /// - Returns: The text of the URL, as in `http://127.0.0.1:40123/price`.
    public func url(_ target: String = "/") -> String { "http://\(proxy.address)\(Self.path(target))" }

    /// A URL past the lab, straight to the upstream, where no fault can hit: for probes.
    ///
    /// A probe through the lab is a client like any other. It is hit like one, and it uses up arrivals of an exact share.
    ///
    /// - Parameter target: Path and query; a missing slash at the beginning is added.
    /// - Returns: The text of the URL, as in `http://127.0.0.1:8080/health`.
    public func upstreamURL(_ target: String = "/") -> String { "http://\(proxy.upstream)\(Self.path(target))" }

    private static func path(_ target: String) -> String { target.hasPrefix("/") ? target : "/\(target)" }

    // MARK: Faults

    /// Arms a documented fault, also for open connections as far as the fault says so.
    ///
    /// - Parameters:
    ///   - fault: The fault.
    ///   - name: The name by which it is reported and lifted; its document's id when absent.
    /// - Throws: `InvalidFault` with everything that is wrong with the fault, or an error that names a host which does not
    ///   exist; nothing is armed then.
    public func arm(_ fault: some Fault, as name: FaultName? = nil) async throws {
        try await proxy.arm([try ProxyFault(fault, as: name)])
    }

    /// Arms a disruption.
    ///
    /// - Parameters:
    ///   - name: The name by which it is reported and lifted.
    ///   - disruption: What it does.
    public func arm(_ name: FaultName, _ disruption: ResetDisruption) async {
        await proxy.arm(name, disruption)
    }

    /// Arms a rate limit on what goes to clients; all connections share it.
    ///
    /// - Parameters:
    ///   - name: The name by which it is reported and lifted.
    ///   - disruption: What it does; its destinations are clients.
    /// - Throws: ``LabError`` for figures that the kernel refuses, or an error that names a host which does not exist;
    ///   nothing is armed then.
    public func arm(_ name: FaultName, _ disruption: ShapeDisruption) async throws {
        if let obstacle = ProxyFault.obstacle(to: .shape(disruption)) {
            throw LabError(description: "\(name): \(obstacle)")
        }
        try await proxy.arm([ProxyFault(name, .shape(disruption))])
    }

    /// Lifts faults; their pending resets are cancelled before this function returns.
    ///
    /// - Parameter names: The names; `nil` lifts all of them.
    public func lift(_ names: [FaultName]? = nil) async {
        await proxy.lift(names)
    }

    // MARK: Experiments

    /// Runs an experiment with this lab as its backend.
    ///
    /// - Parameter experiment: The experiment.
    /// - Returns: What happened; a violated expectation is a report, not an error.
    /// - Throws: `InvalidExperiment` with everything that is wrong with it; nothing has changed then.
    public func run(_ experiment: Experiment) async throws -> RunReport {
        try await experiment.run(on: self)
    }

    /// A probe that asks the upstream through the lab, on a connection of its own.
    ///
    /// - Parameters:
    ///   - name: What the probe asks, in a few words.
    ///   - target: The target of the GET, as in `/health`; a missing slash at the beginning is added.
    ///   - status: The status that passes.
    ///   - timeout: The longest time to wait for the answer, more than zero.
    ///   - fileID: The file of the declaration.
    ///   - line: The line of the declaration.
    /// - Returns: The probe.
    public func probe(
        _ name: String, get target: String, is status: Int = 200, timeout: Duration = .seconds(5),
        fileID: String = #fileID, line: Int = #line
    ) -> Probe {
        let (prober, address, path) = (prober, proxy.address, Self.path(target))
        return Probe(name, timeout: timeout + .seconds(1), fileID: fileID, line: line) {
            let request = HTTPProberRequest(get: path, authority: address.description)
            let answer = try await prober.ask(request, at: [address], timeout: timeout)
            guard answer.status == status else {
                // As an error, because its text says more than a no.
                throw HTTPProbeError(description: "\(request.summary): answered \(answer.status), not \(status)")
            }
            return true
        }
    }
}
