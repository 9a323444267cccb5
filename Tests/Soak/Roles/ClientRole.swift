#if os(Linux)
import FaultLabTestSupport
import Glibc

/// The process that has many clients: each connects and asks; when all have, each asks once more; then all leave.
///
/// It prints `asked COUNT`, the count of clients that were answered, after each round, and goes on 2 seconds later.
struct ClientRole {
    let port: Int
    let connections: Int

    func run() throws {
        let clients = try (0..<connections).map { _ in try RawHTTPClient(port: port, timeout: 60) }
        for _ in 0..<2 {
            say("asked \(clients.count { $0.ask("/").status == 200 })")
            sleep(2)
        }
    }
}
#endif
