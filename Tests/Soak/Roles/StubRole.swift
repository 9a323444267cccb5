#if os(Linux)
import FaultLab
import Glibc

/// The process that has an upstream for many connections; it prints `listening PORT`.
struct StubRole {
    func run() async throws {
        let parent = getppid()
        try await withHTTPStub({ _ in .ok() }) { stub in
            say("listening \(stub.address.port)")
            while getppid() == parent { try await Task.sleep(for: .seconds(1)) }
        }
    }
}
#endif
