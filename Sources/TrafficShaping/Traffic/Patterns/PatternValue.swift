import FaultModel

/// How a parameter of a pattern is read.
struct PatternValue<Value> {
    /// What it may be, half a sentence.
    let rule: String
    let read: (String) throws(TunableFlaw) -> Value
}

extension PatternValue where Value: TextQuantity {
    /// A rate or a size, by the grammar of `tc`.
    static var quantity: Self {
        PatternValue(rule: Value.rule) { text throws(TunableFlaw) in try Value.read(text) }
    }
}

extension PatternValue where Value == UInt32 {
    /// The length of a packet in bytes.
    static var packetLength: Self {
        PatternValue(rule: "a packet has 1 to 4294967295 bytes, 14 of them for the link header") {
            text throws(TunableFlaw) in try ByteSize.read(text).bytes
        }
    }
}

extension PatternValue where Value == Duration {
    /// A length of time with its unit, up to a year.
    static var duration: Self {
        PatternValue(rule: "a length of time is a number with ns, us, ms, s, m or h behind it, up to a year") {
            text throws(TunableFlaw) in try DurationReader.read(text)
        }
    }
}
