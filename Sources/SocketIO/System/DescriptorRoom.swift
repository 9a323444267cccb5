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
enum DescriptorRoom {
    /// Descriptors that are left to others.
    private static let reserve = 16

    /// Checks that there is room behind a descriptor that was just opened.
    ///
    /// The system hands out the lowest free number, so a fresh one tells how many are taken.
    ///
    /// - Parameter number: The number of the descriptor.
    /// - Throws: ``SystemError`` that is ``SystemError/isExhaustion`` when there is none.
    static func check(behind number: Int32) throws(SystemError) {
        let limit = sysconf(Int32(_SC_OPEN_MAX))
        guard limit > 0, Int(number) >= limit - min(reserve, limit / 4) else { return }
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
