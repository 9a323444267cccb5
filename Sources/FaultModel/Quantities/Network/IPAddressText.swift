/// Reads and writes IP addresses.
///
/// Stricter than `inet_addr`, which takes `10.1` and octal numbers: an address that two tools read differently is refused.
enum IPAddressText {
    static func read(_ text: String) throws(TunableFlaw) -> IPAddress {
        // No address is longer; this bounds the work for any other text.
        guard (1...64).contains(text.utf8.count) else { throw TunableFlaw() }
        if text.utf8.contains(UInt8(ascii: "%")) {
            let address = String(text.prefix { $0 != "%" })
            throw TunableFlaw(
                message: "an address with an interface behind '%' means something on one host only",
                hint: "write \(address.printable())")
        }
        if !text.utf8.contains(UInt8(ascii: ":")) {
            return IPAddress(family: .v4, value: UInt128(try quad(Substring(text))))
        }
        if let bare = withoutPort(text) {
            throw TunableFlaw(message: "an address has no port here", hint: "write \(bare), and ports behind '|'")
        }
        return IPAddress(family: .v6, value: try groups(text))
    }

    static func write(_ address: IPAddress) -> String {
        let value = address.value
        if address.family == .v4 { return quad(UInt32(truncatingIfNeeded: value)) }
        if value >> 32 == 0xFFFF { return "::ffff:" + quad(UInt32(truncatingIfNeeded: value)) }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
        let hex = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard let gap = longestRunOfZeros(groups) else { return hex(groups[...]) }
        return hex(groups[..<gap.lowerBound]) + "::" + hex(groups[gap.upperBound...])
    }

    private static func quad(_ value: UInt32) -> String {
        (0..<4).map { String(value >> UInt32(24 - 8 * $0) & 0xFF) }.joined(separator: ".")
    }

    /// The first of the longest runs of two or more zeros; RFC 5952 writes a single one out.
    private static func longestRunOfZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for index in groups.indices {
            if groups[index] != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<(index + 1)
            }
        }
        return longest.count >= 2 ? longest : nil
    }

    /// Four decimal numbers with dots between them.
    private static func quad(_ text: Substring) throws(TunableFlaw) -> UInt32 {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw TunableFlaw() }
        var value: UInt32 = 0
        for part in parts {
            guard !part.isEmpty, part.allSatisfy(\.isDigit) else { throw TunableFlaw() }
            if part.count > 1, part.first == UInt8(ascii: "0") {
                throw TunableFlaw(
                    message: "some tools read '\(Substring(part).prefix(16))' as an octal number",
                    hint: "write the number without leading zeros")
            }
            guard let byte = UInt8(Substring(part)) else {
                throw TunableFlaw(message: "'\(Substring(part).prefix(16))' is more than 255")
            }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    /// Eight groups, of which one run of zeros may be left out as `::`, and the last two may be written as IPv4.
    private static func groups(_ text: String) throws(TunableFlaw) -> UInt128 {
        let bytes = text.utf8
        var halves: [Substring] = []
        var rest = text[...]
        while let gap = rest.firstDoubleColon {
            halves.append(rest[..<gap])
            rest = rest[bytes.index(gap, offsetBy: 2)...]
        }
        halves.append(rest)
        if halves.count > 2 { throw TunableFlaw(message: "'::' stands more than once") }
        let head = try list(halves[0], mayEndInQuad: halves.count == 1)
        if halves.count == 1 {
            guard head.count == 8 else { throw TunableFlaw() }
            return number(head)
        }
        let tail = try list(halves[1], mayEndInQuad: true)
        guard head.count + tail.count <= 7 else { throw TunableFlaw() }
        return number(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    private static func list(_ text: Substring, mayEndInQuad: Bool) throws(TunableFlaw) -> [UInt16] {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInQuad, index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                let address = try quad(part)
                groups += [UInt16(address >> 16), UInt16(truncatingIfNeeded: address)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { throw TunableFlaw() }
                groups.append(group)
            }
        }
        return groups
    }

    private static func number(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// The address in front of a port, as in `10.0.0.1:80` or `[::1]:80`, if that is what a text is.
    private static func withoutPort(_ text: String) -> String? {
        if text.hasPrefix("[") { return text.dropFirst().prefix { $0 != "]" }.description.printable() }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && (try? quad(parts[0])) != nil ? String(parts[0]) : nil
    }
}

extension Substring {
    fileprivate var firstDoubleColon: Index? {
        utf8.indices.first { index in
            let next = utf8.index(after: index)
            return utf8[index] == UInt8(ascii: ":") && next < endIndex && utf8[next] == UInt8(ascii: ":")
        }
    }
}

extension UInt8 {
    var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self) || (0x41...0x46).contains(self) }
}
