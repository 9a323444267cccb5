import FaultModel
import Testing

@testable import Reports

@Suite struct TrafficUnitsTests {
    @Test(arguments: [
        (0, "0 bit/s"), (999, "999 bit/s"), (1000, "1 kbit/s"), (1005, "1.01 kbit/s"), (10_240, "10.2 kbit/s"),
        (99_950, "100 kbit/s"), (999_499, "999 kbit/s"), (999_500, "1 Mbit/s"), (1_500_000, "1.5 Mbit/s"),
        (12_345_678, "12.3 Mbit/s"), (UInt64.max, "18446744 Tbit/s"),
    ])
    func rates(bits: UInt64, text: String) { #expect(TrafficUnits.rate(bitsPerSecond: bits) == text) }

    @Test(arguments: [
        (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (102_399, "100 KiB"),
        (1_048_575, "1 MiB"), (2_097_152, "2 MiB"), (UInt64.max, "16384 PiB"),
    ])
    func sizes(bytes: UInt64, text: String) { #expect(TrafficUnits.size(bytes) == text) }

    @Test(arguments: [
        (0, 10, "0 %"), (10, 10, "100 %"), (1, 3, "33.3 %"), (1, 2000, "0.1 %"), (1, 2001, "less than 0.1 %"),
        (1999, 2000, "more than 99.9 %"), (3, 2, "150 %"), (0, 0, "0 %"), (UInt64.max, 1, "1844674407370955161500 %"),
    ])
    func shares(part: UInt64, whole: UInt64, text: String) { #expect(TrafficUnits.share(part, of: whole) == text) }

    @Test(
        arguments: [(35, 10, "3.5"), (20, 10, "2"), (999, 100, "10"), (12_345, 10, "1235")]
            as [(UInt64, UInt64, String)])
    func ratios(amount: UInt64, other: UInt64, text: String) { #expect(TrafficUnits.ratio(amount, other) == text) }

    @Test(arguments: [
        (0, "0 ns"), (420, "420 ns"), (1500, "1.5 µs"), (999_999, "1 ms"), (16_515_072_000, "16.5 s"),
        (119_999_999_999, "120 s"), (150_000_000_000, "2 min 30 s"),
    ])
    func times(nanoseconds: Int64, text: String) { #expect(TrafficUnits.time(.nanoseconds(nanoseconds)) == text) }
}

@Suite struct PlotAxisTests {
    @Test(arguments: [
        (10.0, 10, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]), (1.06, 5, ["0", "0.5", "1.0"]),
        (4.24, 5, ["0", "1", "2", "3", "4"]), (0.001, 5, ["0", "0.001"]), (7.9, 4, ["0", "2", "4", "6"]),
        (2500, 4, ["0", "1000", "2000"]),
        (1_281_024, 10, ["0", "200000", "400000", "600000", "800000", "1000000", "1200000"]),
    ])
    func roundNumbers(end: Double, count: Int, texts: [String]) {
        let axis = PlotAxis(to: end, units: [("x", 1)], count: count)
        #expect(axis.ticks.map(\.text) == texts)
        #expect(axis.ticks.allSatisfy { $0.value >= 0 && $0.value <= end * 1.000001 })
        for (tick, text) in zip(axis.ticks, texts) { #expect(abs(tick.value - (Double(text) ?? -1)) < end * 1e-9) }
    }

    @Test(arguments: [(999.0, "ns"), (1000, "µs"), (5e8, "ms"), (6e10, "s")]) func units(end: Double, unit: String) {
        #expect(PlotAxis(to: end, units: PlotAxis.times, count: 10).unit == unit)
    }
}
