import CAllocations
import CLoad
import Evidence
import Glibc

/// `bench allocations`: how often our proxy asks for memory, for a request and for a connection.
///
/// Everything is one process, whose other parts, clients and upstream in C, ask for none meanwhile. There is one
/// connection at a time, so that nothing depends on who is faster.
public enum AllocationBenchmark {
    /// Events that are kept: few, so that the log lets old ones go, as in a long run.
    private static let logCapacity = 1024

    /// Counts, and compares with what is allowed.
    ///
    /// - Returns: The exit code: 1 when anything is above what is allowed, 2 where nothing can be counted.
    public static func run() async -> Int32 {
        guard Options.build == "release" else {
            complain("error: what is allowed is meant for a release build: swift run -c release")
            return 2
        }
        guard ca_of_all() >= 0 else {
            complain("error: allocations are counted with glibc only")
            return 2
        }
        var upstream: UInt16 = 0
        guard cl_start_backend(&upstream) == 0 else {
            complain("error: \(Failure.system("start an upstream"))")
            return 1
        }
        var table = TextTable(["allocations", "counted", "allowed", ""])
        var isAbove = false
        do {
            for entry in AllowedAllocations.all {
                let counted = try await count(entry, upstream)
                isAbove = isAbove || counted > entry.most
                let remark = counted > entry.most ? "too many" : ""
                table.add([entry.name, text(counted, digits: 1), text(entry.most, digits: 1), remark])
            }
        } catch {
            complain("error: \(error)")
            return 1
        }
        for line in table.lines { print(line) }
        return isAbove ? 1 : 0
    }

    private static func count(_ entry: AllowedAllocations, _ upstream: UInt16) async throws -> Double {
        var role = ProxyRole(upstream: upstream, handling: entry.handling, threads: 1)
        role.logCapacity = logCapacity
        return try await role.serve { port, _ in try count(entry, through: port) }
    }

    private static func count(_ entry: AllowedAllocations, through port: UInt16) throws -> Double {
        guard let clients = cl_open(entry.kind, port, 1) else { throw Failure.system("connect") }
        defer { cl_close(clients) }
        // Until the log is full and every buffer has its size.
        try complete(500, with: clients)
        let before = ca_of_all()
        ca_count_all(true)
        try complete(entry.requests, with: clients)
        ca_count_all(false)
        let each = Double(ca_of_all() - before) / Double(entry.requests)
        return (each * 10).rounded() / 10
    }

    private static func complete(_ requests: Int, with clients: OpaquePointer) throws {
        let before = cl_counted(clients)
        cl_run(clients, 20_000_000_000, UInt64(requests))
        let after = cl_counted(clients)
        guard after.completed - before.completed == requests, after.failures == 0, after.resets == 0 else {
            throw Failure("only \(after.completed - before.completed) of \(requests) requests had an answer")
        }
    }
}
