public import Experiments
import FaultModel
import SocketIO

extension ProbeQuestion {
    /// Asks whether somebody accepts a TCP connection, and closes it with FIN.
    ///
    /// ```swift
    /// Probe("database listens", asking: .tcp(connect: "127.0.0.1:5432", latency: .atMost(.milliseconds(50))))
    /// ```
    ///
    /// - Parameters:
    ///   - address: `HOST:PORT`, with brackets around an IPv6 address. Of a name all addresses are tried, in the order of
    ///     the system.
    ///   - latency: What the time to connect is held against, looking the name up left out; `nil` for any.
    /// - Returns: The question.
    public static func tcp(connect address: String, latency: Comparison<Duration>? = nil) -> ProbeQuestion {
        let endpoint: ProbeEndpoint
        do throws(ProbeFlaw) {
            endpoint = try ProbeEndpoint(address)
        } catch {
            return .unaskable("TCP", because: ProbeFlaw("\(address.quoted): \(error)"))
        }
        return ProbeQuestion("connect to \(endpoint)") {
            let elapsed: Duration
            do {
                elapsed = try await withProbeLoop { loop in
                    let addresses = try await loop.run { _ in try endpoint.lookUp() }
                    return try await loop.exchange { TCPProberExchange(addresses: addresses, reply: $0) }
                }
            } catch let flaw as ProbeFlaw {
                return .no(flaw.description)
            }
            let summary = "connected in \(ProbeText.length(elapsed))"
            if let latency, !latency.holds(for: elapsed) { return .no("\(summary), expected \(latency)") }
            return .yes(summary)
        }
    }
}

/// The exchange of one TCP probe: connect, and let go.
private final class TCPProberExchange: LoopExchange {
    typealias Answer = Duration

    private let addresses: [TCPAddress]
    private let reply: Reply<Answer>
    private weak var connector: ProbeConnector?

    init(addresses: [TCPAddress], reply: Reply<Answer>) {
        self.addresses = addresses
        self.reply = reply
    }

    func start(_ context: LoopContext) {
        let started = context.now
        let connector = ProbeConnector(addresses: addresses) { [self] context, result in
            switch result {
            case .success(let socket):
                let elapsed = context.clock.now - started
                // A greeting that has come already would make a plain close send RST.
                socket.closeAfterReading(on: context)
                reply.give(.success(elapsed))
            case .failure(let flaw):
                reply.give(.failure(flaw))
            }
        }
        self.connector = connector
        connector.start(context)
    }

    func cancel(_ context: LoopContext) {
        connector?.cancel(context)
        reply.give(.failure(CancellationError()))
    }
}
