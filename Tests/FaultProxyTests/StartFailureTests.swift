#if os(Linux)
import Evidence
import FaultProxy
import Foundation
import Glibc
import SocketIO
import Testing

/// A proxy that cannot start leaves nothing behind.
///
/// Shown in a process of its own, where no other test opens anything.
@Suite struct StartFailureTests {
    @Test func threadsThatStartedBeforeTheFailureEnd() async {
        await #expect(processExitsWith: .success) {
            // The first proxy makes the runtime start what it keeps for good.
            try await Self.start(threads: 1)
            let threads = try Self.count("task")
            let descriptors = try Self.count("fd")
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let ample = limit.rlim_cur
            // Room for some threads of the proxy, and not for all of them. The limit is about numbers, and a process inherits
            // descriptors with gaps between them.
            limit.rlim_cur = rlim_t(try Self.limit(leaving: 60))
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            await #expect(throws: SystemError.self) { try await Self.start(threads: 64) }
            limit.rlim_cur = ample
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            // The runtime adds some of its own when it likes.
            let slack = 5
            for _ in 0..<400 {
                guard try Self.count("task") > threads + slack || Self.count("fd") > descriptors + slack else { break }
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(try Self.count("task") <= threads + slack)
            #expect(try Self.count("fd") <= descriptors + slack)
        }
    }

    private static func start(threads: Int) async throws {
        let clock = MonotonicClock()
        try await Proxy.withProxy(
            .init(upstream: .loopback(port: 1), threads: threads), log: EventLog { clock.now }, clock: clock
        ) { _ in }
    }

    /// The descriptor number below which so many are free.
    private static func limit(leaving room: Int) throws -> Int {
        let taken = Set(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int($0) })
        var free = 0
        var number = 0
        while free < room {
            if !taken.contains(number) { free += 1 }
            number += 1
        }
        return number
    }

    private static func count(_ what: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(what)").count
    }
}
#endif
