/// The two spellings of RFC 1123 that Kubernetes uses for names.
enum DNSName {
    /// Lower-case letters, digits and hyphens, a letter or digit at both ends, 1 to 63 bytes.
    static func isLabel(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count <= 63 && isPart(bytes)
    }

    /// Labels with dots between them, 1 to 253 bytes in all.
    ///
    /// A part may be longer than 63 bytes: Kubernetes does not ask.
    static func isSubdomain(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count <= 253 else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { isPart($0) }
    }

    /// Says what is wrong with a name that a spelling refuses.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - limit: The largest number of bytes.
    ///   - isLegal: The spelling to keep.
    /// - Throws: The flaw, with the lower-case name when that is all there is to change.
    static func check(_ text: String, limit: Int, isLegal: (String.UTF8View) -> Bool) throws(TunableFlaw) {
        if isLegal(text.utf8) { return }
        if text.utf8.count > limit {
            throw TunableFlaw(message: "the name has \(text.utf8.count) bytes, and the limit is \(limit)")
        }
        let lower = text.lowercased()
        throw TunableFlaw(hint: isLegal(lower.utf8) ? "write \(lower)" : nil)
    }

    private static func isPart(_ bytes: some Collection<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        var last = hyphen
        for byte in bytes {
            guard byte.isDigit || byte.isLowercaseLetter || byte == hyphen else { return false }
            last = byte
        }
        return bytes.first != hyphen && last != hyphen
    }
}
