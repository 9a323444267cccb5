import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// Whether the process has descriptors left for another connection.
///
/// The last ones belong to the rest of the process: code that opens a file now and then cannot wait for room as a
/// listener can. On Linux the dispatch library is such code; it reads `/proc/self/task` about its own threads, and ends
/// the process when it cannot.
package enum DescriptorRoom {
    /// Descriptors that are left to others.
    private static let reserve = 16

    /// The limit of the process as last asked for.
    ///
    /// It is asked for again before anybody is turned away. Below a limit that was lowered meanwhile, the system itself
    /// says no.
    private static let limit = Atomic<Int>(sysconf(Int32(_SC_OPEN_MAX)))

    private static func reaches(_ number: Int32, _ limit: Int) -> Bool {
        limit > 0 && Int(number) >= limit - min(reserve, limit / 4)
    }

    /// Checks that there is room behind a descriptor that was just opened.
    ///
    /// The system hands out the lowest free number, so a fresh one tells how many are taken.
    ///
    /// - Parameter number: The number of the descriptor.
    /// - Throws: ``SystemError`` that is ``SystemError/isExhaustion`` when there is none.
    package static func check(behind number: Int32) throws(SystemError) {
        guard reaches(number, limit.load(ordering: .relaxed)) else { return }
        // What was known of the limit is out of date when somebody has raised it.
        let present = sysconf(Int32(_SC_OPEN_MAX))
        limit.store(present, ordering: .relaxed)
        guard reaches(number, present) else { return }
        let limit = present
        throw SystemError(attempt: "accept with \(max(0, limit - Int(number))) descriptors left", number: EMFILE)
    }

    /// Checks that there is room when nothing was opened lately.
    ///
    /// - Parameter descriptor: Any open descriptor.
    /// - Throws: ``SystemError`` that is ``SystemError/isExhaustion`` when there is none.
    static func check(beside descriptor: borrowing Descriptor) throws(SystemError) {
        let number = descriptor.number
        let fresh = Descriptor(owning: try systemCall(.fcntl, "accept") { fcntl(number, F_DUPFD_CLOEXEC, 0) })
        try check(behind: fresh.number)
    }
}
