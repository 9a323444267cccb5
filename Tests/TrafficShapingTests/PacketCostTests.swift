import FaultModel
import Testing

@testable import TrafficShaping

@Suite("Packet costs")
struct PacketCostTests {
    @Test(
        "a full packet costs what the kernel charges",
        arguments: [
            ("1mbit", 1514, 12_112_000), ("64kbit", 1514, 189_250_000), ("1gbit", 1514, 12_112),
            ("10gbit", 64, 51), ("100gbit", 64, 5), ("400gbit", 64, 1), ("400gbit", 1514, 30),
            ("8bit", 1, 1_000_000_000),
        ])
    func cost(rate: String, length: UInt32, expected: Int64) throws {
        let cost = PacketCost(try #require(DataRate(rate)))
        #expect(cost.nanoseconds(for: length) == expected)
    }
}
