/// The rule that paths of files share.
enum FilePath {
    /// Checks the path of a file.
    ///
    /// - Parameters:
    ///   - text: The path.
    ///   - limit: The largest number of bytes.
    ///   - noun: What the path is of, with its article, as in `a socket path`.
    /// - Throws: The flaw; without a message when the rule of the type says it all.
    static func check(_ text: String, limit: Int, noun: String) throws(TunableFlaw) {
        let bytes = text.utf8
        if bytes.count > limit {
            throw TunableFlaw(message: "\(noun) has at most \(limit) bytes, this has \(bytes.count)")
        }
        if bytes.first == UInt8(ascii: "~") {
            throw TunableFlaw(message: "only a shell knows what '~' is", hint: "write the path from / on")
        }
        guard bytes.first == UInt8(ascii: "/"), let last = bytes.last, last != UInt8(ascii: "/"), !last.isWhiteSpace,
            !bytes.contains(0)
        else { throw TunableFlaw() }
    }
}
