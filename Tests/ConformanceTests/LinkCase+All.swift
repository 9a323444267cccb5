import FaultModel
import TrafficShaping

extension LinkCase {
    /// What links are held to.
    ///
    /// No case takes longer than two seconds, the emptying of the queue included.
    static let all = [
        LinkCase(
            name: "the fault's defaults", rate: .megabits(1), burst: .kibibytes(32), limit: .mebibytes(2),
            packets: .even(90, every: 500_000)),
        LinkCase(
            name: "a queue that overflows", rate: .megabits(20), burst: .kibibytes(32), limit: .kibibytes(100),
            packets: .even(2000, every: 400_000), dropTolerance: 1),
        LinkCase(
            name: "random packets at full load", rate: .megabits(10), burst: .kibibytes(10), limit: .kibibytes(30),
            packets: .random(1200, of: 64...1514, every: 600_000), dropTolerance: 12),
        LinkCase(
            name: "a bucket of one packet", rate: .megabits(5), burst: .bytes(1600), limit: .kibibytes(20),
            packets: .even(300, every: 2_000_000), dropTolerance: 3),
        LinkCase(
            name: "a bucket smaller than some packets", rate: .megabits(5), burst: .bytes(1000), limit: .mebibytes(2),
            packets: .random(800, of: 64...1514, every: 1_000_000)),
        LinkCase(
            name: "a peak", rate: .megabits(10), burst: .kibibytes(20), limit: .kibibytes(100),
            peak: PeakLimit(rate: .megabits(20), bucket: .bytes(1600)),
            packets: .random(600, of: 64...1514, every: 700_000)),
        LinkCase(
            name: "overhead and smallest packet", rate: .megabits(2), burst: .kibibytes(4), limit: .kibibytes(200),
            framing: PacketFraming(overhead: 24, smallestPacket: 84),
            packets: .random(1200, of: 46...300, every: 600_000)),
        LinkCase(
            name: "cells of ATM", rate: .megabits(2), burst: .kibibytes(4), limit: .kibibytes(20),
            framing: PacketFraming(overhead: 10, linkLayer: .atm),
            packets: .random(500, of: 46...700, every: 1_400_000), dropTolerance: 5),
        LinkCase(
            name: "a slow link", rate: .kilobits(64), burst: .bytes(1600), limit: .kibibytes(1),
            packets: .random(60, of: 64...300, every: 12_000_000), dropTolerance: 2),
        LinkCase(
            name: "bursts on a fast link", rate: .gigabits(1), burst: .bytes(128_000), limit: .kibibytes(500),
            packets: .even(2000, every: 100_000)),
    ]
}
