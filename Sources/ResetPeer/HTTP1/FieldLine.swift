/// A field line of a head or trailer cut in two, RFC 9112 section 5.
///
/// Trailers are held to the same grammar as heads: a peer that ends them elsewhere would see other requests.
enum FieldLine {
    case field(name: ByteSlice, value: ByteSlice)
    case defective(StaticString)

    init(_ line: ByteSlice) {
        guard line.count > 0, !line[0].isBlank else {
            self = .defective("a folded field line")
            return
        }
        var colon = 0
        while colon < line.count, line[colon] != UInt8(ascii: ":") {
            guard line[colon].isTokenByte else {
                self = .defective("a field name with a byte that is no token")
                return
            }
            colon += 1
        }
        guard colon > 0, colon < line.count else {
            self = .defective("a field line without a name or colon")
            return
        }
        let value = line.slice(colon + 1, line.count)
        guard !value.containsControl else {
            self = .defective("a field value with a control byte")
            return
        }
        self = .field(name: line.slice(0, colon), value: value)
    }
}
