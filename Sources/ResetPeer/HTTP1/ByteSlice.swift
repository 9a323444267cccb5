/// Bytes of a chunk that is being read: a pointer and a count, valid as long as the chunk.
///
/// Recognizers run in every request, and test suites run them unoptimized, where slices, ranges and iterators of the
/// standard library cost a hundred times what a load costs. Hence the plain loops here and in their users.
struct ByteSlice {
    let start: UnsafePointer<UInt8>
    let count: Int

    /// Where the bytes of an empty chunk would be.
    private nonisolated(unsafe) static let nowhere = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

    init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        if let base = bytes.baseAddress {
            self.init(start: base.assumingMemoryBound(to: UInt8.self), count: bytes.count)
        } else {
            self.init(start: Self.nowhere, count: 0)
        }
    }

    subscript(index: Int) -> UInt8 { start[index] }

    /// The bytes from one position up to another.
    func slice(_ from: Int, _ to: Int) -> ByteSlice { ByteSlice(start: start + from, count: to - from) }

    var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// The bytes as text; what is no UTF-8 is replaced.
    var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// Eight bytes as one word, the first the lowest.
    private func word(_ index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    // MARK: Finding

    /// The position of the first LF at or behind a position, found eight bytes at a time.
    func firstLineFeed(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let zeroWhereLineFeed = word(index) ^ 0x0A0A_0A0A_0A0A_0A0A
            let marks = (zeroWhereLineFeed &- 0x0101_0101_0101_0101) & ~zeroWhereLineFeed & 0x8080_8080_8080_8080
            if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if self[index] == 0x0A { return index }
            index += 1
        }
        return nil
    }

    /// The position of the first byte of a value at or behind a position.
    func first(_ byte: UInt8, from start: Int) -> Int? {
        var index = start
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Whether a control byte other than HT occurs: a bare CR, NUL or the like, which two parsers may read differently.
    var containsControl: Bool {
        if case .some = firstControl(from: 0) { true } else { false }
    }

    /// The position of the first control byte other than HT at or behind a position.
    private func firstControl(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let word = word(index)
            let below0x20 = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
            let zeroWhereDelete = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let delete = (zeroWhereDelete &- 0x0101_0101_0101_0101) & ~zeroWhereDelete & 0x8080_8080_8080_8080
            if below0x20 | delete != 0 {
                // A borrow may mark a byte behind a control byte: the bytes themselves decide.
                let end = index + 8
                var position = index
                while position < end {
                    if self[position].isControl { return position }
                    position += 1
                }
            }
            index += 8
        }
        while index < count {
            if self[index].isControl { return index }
            index += 1
        }
        return nil
    }

    /// Whether a control byte other than HT and CR occurs; a CR may turn out to belong to the line end.
    var containsControlOtherThanCarriageReturn: Bool {
        var index = 0
        while let position = firstControl(from: index) {
            if self[position] != 0x0D { return true }
            index = position + 1
        }
        return false
    }

    // MARK: Cutting

    var droppingCarriageReturn: ByteSlice {
        count > 0 && self[count - 1] == 0x0D ? slice(0, count - 1) : self
    }

    /// The bytes without spaces and tabs at both ends.
    var trimmed: ByteSlice {
        var lower = 0
        var upper = count
        while lower < upper, self[lower].isBlank { lower += 1 }
        while upper > lower, self[upper - 1].isBlank { upper -= 1 }
        return slice(lower, upper)
    }

    /// Cuts off what stands before the next comma, without blanks around it.
    ///
    /// - Parameter position: Where the element begins; moved behind the comma, or beyond the end after the last element.
    /// - Returns: The element, or `nil` when there is none left.
    func nextElement(_ position: inout Int) -> ByteSlice? {
        guard position <= count else { return nil }
        let end = first(UInt8(ascii: ","), from: position) ?? count
        defer { position = end + 1 }
        return slice(position, end).trimmed
    }

    // MARK: Comparing

    /// Whether the bytes are those of an ASCII text.
    func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        let other = text.utf8Start
        var index = 0
        while index < count {
            if self[index] != other[index] { return false }
            index += 1
        }
        return true
    }

    /// Whether the bytes are those of a lower-case ASCII text, letters compared without regard to case.
    func equalsIgnoringCase(_ lowercased: StaticString) -> Bool {
        guard count == lowercased.utf8CodeUnitCount else { return false }
        let other = lowercased.utf8Start
        var index = 0
        while index < count {
            var byte = self[index]
            if byte >= 0x41, byte <= 0x5A { byte |= 0x20 }
            if byte != other[index] { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isControl: Bool { (self < 0x20 && self != 0x09) || self == 0x7F }
    var isDigit: Bool { self &- 0x30 < 10 }

    /// Whether the byte may stand in a token, RFC 9110 section 5.6.2.
    var isTokenByte: Bool {
        // One bit per byte: digits and the marks !#$%&'*+-. in the first word, letters and ^_`|~ in the second.
        if self < 64 { return (0x03FF_6CFA_0000_0000 as UInt64) &>> UInt64(self) & 1 != 0 }
        if self < 128 { return (0x57FF_FFFF_C7FF_FFFE as UInt64) &>> UInt64(self &- 64) & 1 != 0 }
        return false
    }
}
