import FaultModel
import Testing

@Suite("Rates and sizes read as tc reads them")
struct AmountTests {
    /// The texts of the grammar with what they are as a rate in bytes per second, and as a size in bytes.
    static let both: [(String, UInt64?, UInt32?)] = [
        ("1mbit", 125_000, 131_072), ("512kbit", 64_000, 65_536), ("100mbit", 12_500_000, 13_107_200),
        ("1.5mbit", 187_500, 196_608), ("1Mibit", 131_072, nil), ("1mbps", 1_000_000, nil), ("1Mbps", 1_000_000, nil),
        ("8", 1, 8), ("7", nil, 7), ("32kb", nil, 32_768), ("2mb", nil, 2_097_152), ("20mb", nil, 20_971_520),
        ("1540", 192, 1540), ("1mb", nil, 1_048_576), ("1 mbit", nil, nil), ("-1mbit", nil, nil), ("", nil, nil),
    ]

    @Test("One text, read as a rate and as a size", arguments: both)
    func vectors(text: String, rate: UInt64?, size: UInt32?) {
        #expect(DataRate(text)?.bytesPerSecond == rate)
        #expect(ByteSize(text)?.bytes == size)
    }
}
