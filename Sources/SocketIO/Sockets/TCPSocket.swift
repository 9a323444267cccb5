#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import CFaultLabShims
import Glibc
#elseif canImport(Musl)
import CFaultLabShims
import Musl
#elseif canImport(Android)
import Android
import CFaultLabShims
#endif

/// The socket calls of the library, all on non-blocking descriptors.
package enum TCPSocket {
    #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
    private static let stream = SOCK_STREAM
    #endif

    #if canImport(Darwin)
    private static let sendFlags: Int32 = 0
    private static let sendMoreFlags: Int32 = 0
    #else
    // A library never changes the process's disposition of SIGPIPE; it asks for none per call.
    private static let sendFlags = Int32(MSG_NOSIGNAL)
    private static let sendMoreFlags = Int32(MSG_NOSIGNAL) | Int32(MSG_MORE)
    #endif

    /// Creates a socket for an address.
    ///
    /// - Parameter address: The address whose family is used.
    /// - Returns: The socket.
    /// - Throws: ``SystemError``; ``SystemError/isExhaustion`` tells whether to try again later.
    package static func make(for address: TCPAddress) throws(SystemError) -> Descriptor {
        #if canImport(Darwin)
        let descriptor = Descriptor(owning: try systemCall(.socket, "socket") { socket(address.family, stream, 0) })
        try makeNonBlocking(descriptor)
        #else
        let flags = stream | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = Descriptor(owning: try systemCall(.socket, "socket") { socket(address.family, flags, 0) })
        #endif
        return descriptor
    }

    /// Creates a socket that listens.
    ///
    /// - Parameters:
    ///   - address: The address; port 0 asks the system for a free one.
    ///   - sharesPort: Whether other sockets of this process listen on the same port.
    ///   - backlog: Connections that may wait to be accepted.
    /// - Returns: The socket.
    /// - Throws: ``SystemError``; ``SystemError/isAddressInUse`` tells that somebody else has the port.
    package static func listen(
        on address: TCPAddress, sharesPort: Bool = false, backlog: Int32 = 4096
    ) throws(SystemError) -> Descriptor {
        let descriptor = try make(for: address)
        try set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        // Inherited by what is accepted, which saves a call for each: small segments go at once, as the peers of a proxy
        // expect from their own settings.
        try set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if sharesPort { try set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        try systemCall(.bind, "bind \(address)") {
            address.withSystemAddress { bind(descriptor.number, $0, $1) }
        }
        #if canImport(Darwin)
        try systemCall(.listen, "listen on \(address)") { Darwin.listen(descriptor.number, backlog) }
        #elseif canImport(Glibc)
        try systemCall(.listen, "listen on \(address)") { Glibc.listen(descriptor.number, backlog) }
        #elseif canImport(Musl)
        try systemCall(.listen, "listen on \(address)") { Musl.listen(descriptor.number, backlog) }
        #elseif canImport(Android)
        try systemCall(.listen, "listen on \(address)") { Android.listen(descriptor.number, backlog) }
        #endif
        return descriptor
    }

    /// The address a socket is bound to.
    ///
    /// - Parameter descriptor: The socket.
    /// - Returns: The address, with the port that the system chose.
    /// - Throws: ``SystemError``.
    package static func localAddress(_ descriptor: borrowing Descriptor) throws(SystemError) -> TCPAddress {
        let number = descriptor.number
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return try withUnsafeMutablePointer(to: &storage) { pointer throws(SystemError) in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address throws(SystemError) in
                try systemCall(.getsockname, "getsockname") { getsockname(number, address, &length) }
                return TCPAddress(address, length: length)
            }
        }
    }

    /// Takes the next connection from a listener.
    ///
    /// - Parameter descriptor: The listener.
    /// - Returns: The connection and its peer, or `nil` when none waits.
    /// - Throws: ``SystemError``; a connection that was reset while it waited counts as none.
    package static func accept(
        _ descriptor: borrowing Descriptor
    ) throws(SystemError) -> AcceptedConnection? {
        let number = descriptor.number
        while true {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            var peer: PeerAddress?
            let answer = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    #if canImport(Darwin)
                    let answer = systemCall(.accept) { Darwin.accept(number, address, &length) }
                    #else
                    let answer = systemCall(.accept) { fl_accept(number, address, &length) }
                    #endif
                    if case .value = answer { peer = PeerAddress(address) }
                    return answer
                }
            }
            switch answer {
            case .wouldBlock: return nil
            case .failed(let code) where Self.concernsOnlyThatConnection(code): continue
            case .failed(let code): throw SystemError(attempt: "accept", number: code)
            case .value(let accepted):
                let connection = Descriptor(owning: Int32(truncatingIfNeeded: accepted))
                #if canImport(Darwin)
                // The system refuses options for a connection that its peer has reset already.
                do { try makeNonBlocking(connection) } catch { continue }
                #endif
                return AcceptedConnection(descriptor: connection, address: peer)
            }
        }
    }

    /// Errors that accept reports about a connection that has already gone.
    private static func concernsOnlyThatConnection(_ code: Int32) -> Bool {
        [ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH, ENETUNREACH, EOPNOTSUPP].contains(code)
    }

    /// Begins to connect.
    ///
    /// - Parameters:
    ///   - descriptor: The socket.
    ///   - address: The peer.
    /// - Returns: Whether the connection stands already; otherwise the socket becomes writable when it is decided.
    /// - Throws: ``SystemError``.
    package static func connect(
        _ descriptor: borrowing Descriptor, to address: TCPAddress
    ) throws(SystemError) -> Bool {
        let number = descriptor.number
        let answer = address.withSystemAddress { pointer, length in
            #if canImport(Darwin)
            systemCall(.connect) { Darwin.connect(number, pointer, length) }
            #elseif canImport(Glibc)
            systemCall(.connect) { Glibc.connect(number, pointer, length) }
            #elseif canImport(Musl)
            systemCall(.connect) { Musl.connect(number, pointer, length) }
            #elseif canImport(Android)
            systemCall(.connect) { Android.connect(number, pointer, length) }
            #endif
        }
        switch answer {
        case .value: return true
        case .failed(EINPROGRESS), .failed(EALREADY): return false
        case .wouldBlock: throw SystemError(attempt: "connect to \(address)", number: EAGAIN)
        case .failed(let code): throw SystemError(attempt: "connect to \(address)", number: code)
        }
    }

    /// The outcome of a connect that was begun, once the socket is writable.
    ///
    /// - Parameter descriptor: The socket.
    /// - Returns: The error number, or 0.
    package static func connectOutcome(_ descriptor: borrowing Descriptor) -> Int32 {
        let number = descriptor.number
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let answer = systemCall(.getsockopt) { getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length) }
        switch answer {
        case .value: return code
        case .wouldBlock: return EAGAIN
        case .failed(let failure): return failure
        }
    }

    /// Reads what is there.
    ///
    /// - Parameters:
    ///   - descriptor: The socket.
    ///   - buffer: Where the bytes go.
    /// - Returns: The count of bytes; 0 at the end of the stream.
    package static func receive(
        _ descriptor: borrowing Descriptor, into buffer: UnsafeMutableRawBufferPointer
    ) -> SystemAnswer {
        let number = descriptor.number
        return systemCall(.recv) { recv(number, buffer.baseAddress, buffer.count, 0) }
    }

    /// Writes as much as the system takes.
    ///
    /// - Parameters:
    ///   - descriptor: The socket.
    ///   - bytes: The bytes.
    ///   - more: Whether something that belongs to them follows at once, other bytes or an end; where the system can, it
    ///     waits for that.
    /// - Returns: The count of bytes taken.
    package static func send(
        _ descriptor: borrowing Descriptor, _ bytes: UnsafeRawBufferPointer, more: Bool = false
    ) -> SystemAnswer {
        let number = descriptor.number
        let flags = more ? sendMoreFlags : sendFlags
        #if canImport(Darwin)
        return systemCall(.send) { Darwin.send(number, bytes.baseAddress, bytes.count, flags) }
        #elseif canImport(Glibc)
        return systemCall(.send) { Glibc.send(number, bytes.baseAddress, bytes.count, flags) }
        #elseif canImport(Musl)
        return systemCall(.send) { Musl.send(number, bytes.baseAddress, bytes.count, flags) }
        #elseif canImport(Android)
        return systemCall(.send) { Android.send(number, bytes.baseAddress, bytes.count, flags) }
        #endif
    }

    /// Sends FIN and keeps reading.
    ///
    /// - Parameter descriptor: The socket.
    /// - Returns: Whether the system has sent it, or will; it does not for a connection that is gone.
    package static func finishSending(_ descriptor: borrowing Descriptor) -> Bool {
        let number = descriptor.number
        if case .value = systemCall(.shutdown, { shutdown(number, Int32(SHUT_WR)) }) { return true }
        return false
    }

    /// Sends RST and closes.
    ///
    /// Zero linger is set here and nowhere else: a socket that carries it through its life would answer a normal close
    /// with a reset and lose what is still under way.
    ///
    /// - Parameter descriptor: The socket; no duplicate of it exists, because the RST leaves with the last one.
    package static func reset(_ descriptor: consuming Descriptor) {
        var option = linger(l_onoff: 1, l_linger: 0)
        let number = descriptor.number
        _ = systemCall(.setsockopt) {
            setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        _ = consume descriptor
    }

    /// Bytes that were sent and that the peer's system has not acknowledged; an RST would destroy them.
    ///
    /// - Parameter descriptor: The socket.
    /// - Returns: Their count; 0 where the system does not say.
    package static func unacknowledged(_ descriptor: borrowing Descriptor) -> Int {
        #if canImport(Darwin)
        var bytes: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor.number, SOL_SOCKET, SO_NWRITE, &bytes, &length) == 0 ? Int(bytes) : 0
        #else
        return max(0, Int(fl_unacknowledged(descriptor.number)))
        #endif
    }

    /// Bytes that have come from the peer and were not read.
    ///
    /// - Parameter descriptor: The socket.
    /// - Returns: Their count; 0 where the system does not say.
    package static func unread(_ descriptor: borrowing Descriptor) -> Int {
        #if canImport(Darwin)
        var bytes: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor.number, SOL_SOCKET, SO_NREAD, &bytes, &length) == 0 ? Int(bytes) : 0
        #else
        return max(0, Int(fl_unread(descriptor.number)))
        #endif
    }

    /// Sends small segments at once, as the peers of a proxy expect from their own settings.
    ///
    /// - Parameter descriptor: The socket.
    package static func disableDelay(_ descriptor: borrowing Descriptor) {
        // A socket that died meanwhile refuses; its end is noticed where it is read.
        try? set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    private static func set(
        _ descriptor: borrowing Descriptor, _ level: Int32, _ option: Int32, _ value: Int32
    ) throws(SystemError) {
        let number = descriptor.number
        try systemCall(.setsockopt, "setsockopt \(option)") {
            withUnsafePointer(to: value) { setsockopt(number, level, option, $0, socklen_t(MemoryLayout<Int32>.size)) }
        }
    }

    #if canImport(Darwin)
    private static func makeNonBlocking(_ descriptor: borrowing Descriptor) throws(SystemError) {
        let number = descriptor.number
        try systemCall(.fcntl, "fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
        try systemCall(.fcntl, "fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) }
        try set(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1)
    }
    #endif
}

/// A connection that a listener handed out.
package struct AcceptedConnection: ~Copyable {
    /// The socket.
    package let descriptor: Descriptor
    /// The address of the peer, if the system told.
    package let address: PeerAddress?

    /// The peer for readers, as in `127.0.0.1:40000`.
    package var peer: String { address?.description ?? "unknown" }

    /// Gives the socket away.
    package consuming func takeDescriptor() -> Descriptor { descriptor }
}
