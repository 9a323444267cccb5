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

    @Test(
        "Every unit of rate",
        arguments: [
            ("16bit", 2), ("1kbit", 125), ("1MBIT", 125_000), ("1gbit", 125_000_000), ("1tbit", 125_000_000_000),
            ("1kibit", 128), ("1Gibit", 134_217_728), ("1tibit", 137_438_953_472), ("3bps", 3), ("1kbps", 1000),
            ("1gBps", 1_000_000_000), ("1tbps", 1_000_000_000_000), ("1KiBps", 1024), ("1mibps", 1_048_576),
            ("1gibps", 1_073_741_824), ("1tibps", 1_099_511_627_776), ("1e3kbit", 125_000), ("1E+3kbit", 125_000),
            ("12e-1mbit", 150_000), (".5mbit", 62_500), ("1.mbit", 125_000), ("01mbit", 125_000),
            ("1000tbit", 125_000_000_000_000), ("0.1mbit", 12_500), ("1.3kbit", 162), ("0.008kbit", 1),
        ] as [(String, UInt64)])
    func rateUnits(text: String, bytes: UInt64) {
        #expect(DataRate(text)?.bytesPerSecond == bytes)
    }

    @Test(
        "A rate is written in the largest decimal unit that loses nothing",
        arguments: [
            ("1mbit", "1mbit"), ("125000bps", "1mbit"), ("1.5mbit", "1500kbit"), ("1540", "1536bit"), ("8", "8bit"),
            ("1000kbit", "1mbit"), ("1000mbit", "1gbit"), ("1000tbit", "1000tbit"), ("1mibit", "1048576bit"),
        ])
    func rateText(text: String, canonical: String) {
        #expect(DataRate(text)?.text == canonical)
        #expect(DataRate(canonical) == DataRate(text))
    }

    @Test(
        "A refused rate says what to write",
        arguments: [
            ("1mb", "'mb' is a unit of size; for a rate write 1mbit, or 1mbps for megabytes per second"),
            ("2.5K", "'k' is a unit of size; for a rate write 2.5kbit, or 2.5kbps for kilobytes per second"),
            ("1MB/s", "for a rate write 1mbit, or 1mbps"), ("10b", "for a rate write 10bit, or 10bps"),
            ("1mib", "for a rate write 1mibit, or 1mibps for mebibytes per second"),
            ("1 mbit", "write 1mbit"), ("1mbit\n", "write 1mbit"), ("1Mbit/s", "write 1mbit"),
            ("1mbits", "write 1mbit"),
            ("10%", "a share of the device's speed is no rate"), ("-1mbit", "negative"), ("+1mbit", "write 1mbit"),
            ("0x10mbit", "not decimal"), ("nan", DataRate.rule), ("inf", DataRate.rule), ("", "empty"),
            ("1furlong", "'furlong' is no unit of rate"), ("7", "bits per second; write 7mbit"), ("0mbit", "smallest"),
            ("1001tbit", "the largest is 1000tbit"), ("1e400", DataRate.rule), ("1e300", "the largest"),
            ("mbit", DataRate.rule), (".", DataRate.rule), ("1e", "'e' is no unit"), ("1.2.3mbit", "is no unit"),
        ])
    func refusedRates(text: String, words: String) throws {
        let complaint = try #require(DataRate.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "A rate that is often mistaken is noted",
        arguments: [
            ("1mbit", nil), ("1.5mbit", nil), ("1mibit", nil),
            ("1Mbps", "mbps is megabytes per second, 8mbit; for megabits write 1mbit"),
            ("1.5kbps", "kbps is kilobytes per second, 12kbit; for kilobits write 1.5kbit"),
            ("1KiBps", "kibps is kibibytes per second, 8192bit; for kibibits write 1kibit"),
            ("8bps", "bps is bytes per second, 64bit; for bits write 8bit"),
            ("8000", "a bare number is bits per second"),
            ("1540", "a bare number is bits per second, and whole bytes count: 1536bit"),
            ("1.3kbit", "whole bytes per second count: 1296bit"),
        ])
    func rateNotes(text: String, note: String?) {
        #expect(DataRate.remark(on: text) == note)
    }

    @Test("The note of a rate reaches the diagnostics, alone, optional and in a list")
    func notesAreReported() {
        let plain = TunableCodec<DataRate>.rate.reading("1mbps", unset: .megabits(1))
        #expect(plain.fault?.value == .megabits(8))
        #expect(plain.diagnostics.map(\.severity) == [.note])
        let optional = TunableCodec<DataRate?>.optional(.rate, empty: "for none").reading("1mbps", unset: nil)
        #expect(optional.diagnostics.map(\.message) == plain.diagnostics.map(\.message))
        let list = TunableCodec<[DataRate]>.list(of: .rate, empty: "for none").reading("1mbit, 1mbps,8", unset: [])
        #expect(list.fault?.value == [.megabits(1), .megabits(8), "8bit"])
        #expect(list.diagnostics.count == 1)
        #expect(list.diagnostics.first?.message.contains("'1mbps': mbps is megabytes") == true)
        #expect(list.diagnostics.first?.message.contains("'8': a bare number") == true)
    }

    @Test(
        "Every unit of size",
        arguments: [
            ("1", 1), ("1b", 1), ("1k", 1024), ("1KB", 1024), ("1m", 1_048_576), ("1g", 1_073_741_824),
            ("3gb", 3_221_225_472), ("1kbit", 128), ("1gbit", 134_217_728), ("1.5kb", 1536), ("1.9", 1),
            ("4294967295", 4_294_967_295), ("1e3", 1000),
        ] as [(String, UInt32)])
    func sizeUnits(text: String, bytes: UInt32) {
        #expect(ByteSize(text)?.bytes == bytes)
    }

    @Test(
        "A size is written in the largest unit that loses nothing",
        arguments: [
            ("32768", "32kb"), ("2097152", "2mb"), ("1540", "1540"), ("1536", "1536"), ("1g", "1gb"),
            ("1025kb", "1025kb"),
            ("4294967295", "4294967295"), ("1mbit", "128kb"), ("3072mb", "3gb"),
        ])
    func sizeText(text: String, canonical: String) {
        #expect(ByteSize(text)?.text == canonical)
        #expect(ByteSize(canonical) == ByteSize(text))
    }

    @Test(
        "A refused size says what to write",
        arguments: [
            ("32kib", "write 32kb, which counts in powers of 1024"), ("32Mi", "write 32mb"),
            ("32kb/8", "write the size alone, 32kb"), ("1540/8", "write the size alone, 1540"),
            ("1mb/s", "'mb/s' is no unit of size"), ("4096mb", "the largest is 4294967295"),
            ("4294967296", "the largest is"), ("0", "the smallest is 1"),
            ("0.5", "the smallest is 1"), ("1mbps", "'mbps' is a unit of rate"), ("1 kb", "write 1kb"),
            ("-1", "negative"), ("", "empty"), ("kb", ByteSize.rule), ("1tb", "'tb' is no unit of size"),
            ("0x10", "not decimal"), ("inf", ByteSize.rule),
        ])
    func refusedSizes(text: String, words: String) throws {
        let complaint = try #require(ByteSize.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "A size in bits, or with a fraction, is noted",
        arguments: [
            ("32kb", nil), ("1540", nil), ("1.5kb", nil), ("1kbit", "as a size kbit counts in powers of 1024, 128 B"),
            ("1.9", "whole bytes count: 1"),
        ])
    func sizeNotes(text: String, note: String?) {
        #expect(ByteSize.remark(on: text) == note)
    }

    @Test("Swift makes the same values")
    func factories() async {
        #expect([.kilobits(512), .megabits(1), .gigabits(10)] == ["512kbit", "1mbit", "10gbit"] as [DataRate])
        #expect([.bytes(1540), .kibibytes(32), .mebibytes(2)] == ["1540", "32kb", "2mb"] as [ByteSize])
        #expect(DataRate(bytesPerSecond: 0) == nil && DataRate(bytesPerSecond: -1) == nil)
        #expect(DataRate(bytesPerSecond: 125_000_000_000_000)?.text == "1000tbit")
        #expect(DataRate(bytesPerSecond: 125_000_000_000_001 as UInt64) == nil)
        #expect(ByteSize(bytes: 0) == nil && ByteSize(bytes: 4_294_967_296 as Int64) == nil)
        #expect(DataRate.megabits(1) < .megabits(2) && ByteSize.kibibytes(1) < .mebibytes(1))
        #expect(DataRate.megabits(1).bitsPerSecond == 1_000_000)
        await #expect(processExitsWith: .failure) { _ = DataRate.megabits(0) }
        await #expect(processExitsWith: .failure) { _ = DataRate.gigabits(1_000_001) }
        await #expect(processExitsWith: .failure) { _ = ByteSize.mebibytes(4096) }
        await #expect(processExitsWith: .failure) { _ = "1mb" as DataRate }
        await #expect(processExitsWith: .success) {
            _ = (DataRate.gigabits(1_000_000), DataRate.kilobits(1), ByteSize.mebibytes(4095))
        }
    }

    @Test(
        "People read units that they know",
        arguments: [
            ("1mbit", "1 Mbit/s"), ("1.5mbit", "1.5 Mbit/s"), ("1536bit", "1.536 kbit/s"), ("8", "8 bit/s"),
            ("1mibit", "1.049 Mbit/s"), ("999999992bit", "1000 Mbit/s"), ("1000tbit", "1000 Tbit/s"),
        ])
    func readableRates(text: String, readable: String) {
        #expect(DataRate(text)?.readableText == readable)
    }
}
