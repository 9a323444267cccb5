#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#endif

/// An open descriptor with one owner; it is closed when the owner lets go, and cannot be closed twice.
package struct Descriptor: ~Copyable, Sendable {
    /// The number, valid as long as this value lives.
    package let number: Int32

    /// Takes ownership of an open descriptor.
    ///
    /// - Parameter number: The number, which nobody else closes.
    package init(owning number: Int32) {
        self.number = number
    }

    /// Reads what is there, from a file or pipe.
    ///
    /// - Parameter buffer: Where the bytes go.
    /// - Returns: The count of bytes; 0 at the end.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) -> SystemAnswer {
        let number = number
        #if canImport(Darwin)
        return systemCall(.read) { Darwin.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Glibc)
        return systemCall(.read) { Glibc.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Musl)
        return systemCall(.read) { Musl.read(number, buffer.baseAddress, buffer.count) }
        #elseif canImport(Android)
        return systemCall(.read) { Android.read(number, buffer.baseAddress, buffer.count) }
        #endif
    }

    deinit {
        // The descriptor is gone even when close reports an error; repeating it could close a stranger's.
        _ = close(number)
    }
}
