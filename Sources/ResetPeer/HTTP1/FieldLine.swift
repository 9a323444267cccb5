/// A field line of a head or trailer cut in two, RFC 9112 section 5.
///
/// Trailers are held to the same grammar as heads: a peer that ends them elsewhere would see other requests.
enum FieldLine {
    case field(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)
    case defective(StaticString)

    init(_ line: UnsafeRawBufferPointer) {
        guard let first = line.first, !first.isBlank else {
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
        let value = UnsafeRawBufferPointer(rebasing: line[(colon + 1)...])
        guard !value.containsControl else {
            self = .defective("a field value with a control byte")
            return
        }
        self = .field(name: UnsafeRawBufferPointer(rebasing: line[..<colon]), value: value)
    }
}
