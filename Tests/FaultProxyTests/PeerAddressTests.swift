import Testing

@testable import SocketIO

/// What the log calls a client is what one would write to reach it.
@Suite struct PeerAddressTests {
    @Test(arguments: [
        "127.0.0.1:1", "10.0.0.255:65535", "1.20.200.0:80", "0.0.0.0:9", "255.255.255.255:10000", "[::1]:443",
        "[2001:db8::1:0:0:1]:65535", "[::ffff:10.0.0.1]:8080",
    ])
    func itIsWrittenAsAnAddressIs(text: String) throws {
        let address = try TCPAddress(parsing: text)
        let peer = try #require(address.withSystemAddress { pointer, _ in PeerAddress(pointer) })
        #expect(peer.description == text)
        #expect(Int(peer.port) == address.port)
        #expect(peer.ipAddress == address.ipAddress)
    }
}
