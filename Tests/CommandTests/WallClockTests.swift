#if os(Linux)
import FaultLabTestSupport
import Foundation
import Testing

/// The wall clock may jump while faults are armed: nothing that the proxy does is timed by it.
@Suite(.requires("clang")) struct WallClockTests {
    /// Lets a program see a wall clock that jumps by a year, forth and back, with each look at it.
    private static let jumpingClock = """
        #define _GNU_SOURCE
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static long looks;

        static long jump(void) { return (__atomic_add_fetch(&looks, 1, __ATOMIC_RELAXED) % 2 ? 1 : -1) * 366L * 86400; }

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) time->tv_sec += jump();
            return result;
        }

        int gettimeofday(struct timeval *restrict time, void *restrict zone) {
            struct timespec now;
            int result = clock_gettime(CLOCK_REALTIME, &now);
            time->tv_sec = now.tv_sec;
            time->tv_usec = now.tv_nsec / 1000;
            return result;
        }

        time_t time(time_t *place) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (place) *place = now.tv_sec;
            return now.tv_sec;
        }
        """

    @Test func aWallClockThatJumpsMovesNoReset() async throws {
        try await withTemporaryFolder { folder in
            try folder.write(Self.jumpingClock, to: "clock.c")
            let library = folder.path(of: "clock.so")
            let compiled = try await run(
                try RealProgram.require("clang"), ["-shared", "-fPIC", "-o", library, folder.path(of: "clock.c")])
            try #require(compiled.code == 0, "\(compiled.errors)")
            let environment = ["LD_PRELOAD": library]
            // Where programs do not see it jump, nothing would be shown.
            let year = try await run("/bin/date", ["+%Y"], environment: environment)
            try #require(year.output != "\(Calendar(identifier: .gregorian).component(.year, from: Date()))\n")
            let server = RawServer.http()
            defer { withExtendedLifetime(server) {} }
            let delay = 0.4
            let words = [
                "proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:\(server.port)", "--fault",
                "pod-http-reset-peer", "--set", "RESET_TIMEOUT=\(Int(delay * 1000))",
            ]
            try await withChild(try Faultlab.path, words, environment: environment) { child in
                let port = try await Faultlab.port(of: child)
                let outcomes = try await onThread { () -> [(ending: RawSocket.Read, isEarly: Bool)] in
                    try (0..<5).map { _ in
                        let socket = try RawSocket(port: port)
                        let start = ContinuousClock.now
                        socket.send("GET / HTTP/1.1\r\n\r\n")
                        return (socket.read(), ContinuousClock.now - start < .seconds(delay))
                    }
                }
                #expect(outcomes.map(\.ending) == Array(repeating: .reset, count: 5))
                #expect(outcomes.count { $0.isEarly } == 0)
                child.send(SIGTERM)
                let ending = try #require(try await child.ending())
                #expect(ending.code == 0)
            }
        }
    }
}
#endif
