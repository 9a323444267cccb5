import CLoad
import Dispatch
import Evidence
import Glibc

/// What the benchmark is when it has started itself again: one part of a measurement, in a process of its own.
///
/// It says where it listens, or that it is ready, and ends when its input does.
public enum ServedRole {
    /// Takes a role.
    ///
    /// - Parameter words: The words behind `bench serve`.
    /// - Returns: The exit code.
    public static func run(_ words: [String]) async -> Int32 {
        do {
            switch words.first {
            case "backend": try await serve(cl_start_backend)
            case "resets": try await serve(cl_start_resets)
            case "clients": try await holdClients(words)
            case "proxy": try await serveProxy(words)
            default: throw Failure("serve is for the benchmark itself; see bench proxy --help")
            }
            return 0
        } catch {
            complain("\(error)")
            return 2
        }
    }

    private static func serve(_ start: (UnsafeMutablePointer<UInt16>) -> Int32) async throws {
        var port: UInt16 = 0
        guard start(&port) == 0 else { throw Failure.system("start a server") }
        say("port \(port)")
        await endOfInput()
    }

    private static func serveProxy(_ words: [String]) async throws {
        guard let role = ProxyRole(words) else { throw Failure("no proxy is described by \(words)") }
        try await role.serve { port, log in
            say("port \(port)")
            await endOfInput()
            guard role.tellsLateness else { return }
            for event in log.record.events {
                if case .resetSent(_, let record) = event.fact { say("\(record.lateness.nanoseconds)") }
            }
        }
    }

    /// Opens connections, asks for one answer on each, and holds them.
    private static func holdClients(_ words: [String]) async throws {
        guard words.count == 3, let port = UInt16(words[1]), let number = Int(words[2]) else {
            throw Failure("no clients are described by \(words)")
        }
        var loads: [OpaquePointer] = []
        defer { for load in loads { cl_close(load) } }
        var rest = number
        while rest > 0 {
            // Few at a time, so that no queue of a listener overflows.
            let batch = min(rest, 100)
            guard let load = cl_open(CL_IDLE, port, Int32(batch)) else { throw Failure.system("open connections") }
            loads.append(load)
            cl_run(load, 10_000_000_000, UInt64(batch))
            let count = cl_counted(load)
            guard count.completed == batch, count.failures == 0 else {
                throw Failure("only \(number - rest + Int(count.completed)) of \(number) connections had an answer")
            }
            rest -= batch
        }
        say("ready \(number)")
        await endOfInput()
    }

    private static func endOfInput() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var byte: UInt8 = 0
                while read(0, &byte, 1) > 0 {}
                continuation.resume()
            }
        }
    }

    private static func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = write(1, bytes, bytes.count)
    }
}
