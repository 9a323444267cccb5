/// A 64-bit hash that gives the same value in every process and on every platform.
///
/// The standard library's hasher is seeded anew in each process, so a replayed run would pick other requests. This is no
/// defense against chosen collisions: a client that forges them only changes which of its own requests are hit.
package struct StableHash: Hashable, Sendable {
    /// The hash of what was combined so far.
    package private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Creates the hash of nothing.
    package init() {}

    package mutating func combine(_ word: UInt64) {
        value = SplitMix64.mix(value &+ 0x9E37_79B9_7F4A_7C15 ^ word)
    }

    package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index + 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        var tail: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            tail |= UInt64(bytes[index]) << shift
            shift += 8
            index += 1
        }
        // The length keeps "a", "b" apart from "ab", and a short tail apart from one with zeros.
        combine(tail)
        combine(UInt64(bytes.count))
    }

    package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = StableHash()
        hash.combine(bytes)
        return hash.value
    }

    package static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }
}
