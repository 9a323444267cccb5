/// The most bytes that leave within a window, with windows that begin at every tenth of their length.
///
/// Departures must not go back in time. Takes the same memory whatever passes.
struct PeakMeter: Sendable {
    private static let slots = 10

    private let slotWidth: Int64
    private var bytes = [UInt64](repeating: 0, count: slots)
    private var slot = 0
    private var slotEnd: Int64 = .min
    private var sum: UInt64 = 0
    /// The most bytes so far.
    private(set) var largest: UInt64 = 0

    /// Creates a meter.
    ///
    /// - Parameter window: The length of a window in nanoseconds, at least 10.
    init(window: Int64) {
        slotWidth = window / Int64(Self.slots)
    }

    /// Counts what leaves.
    mutating func add(_ length: UInt32, at moment: Int64) {
        if moment >= slotEnd { advance(to: moment) }
        bytes[slot] &+= UInt64(length)
        sum &+= UInt64(length)
        largest = max(largest, sum)
    }

    private mutating func advance(to moment: Int64) {
        let isFirst = slotEnd == .min
        let steps = isFirst ? 0 : (moment &- slotEnd) / slotWidth + 1
        guard !isFirst, steps < Self.slots else {
            for index in bytes.indices { bytes[index] = 0 }
            sum = 0
            // Windows keep their places relative to the first departure.
            slotEnd = isFirst ? moment &+ slotWidth : slotEnd &+ steps &* slotWidth
            return
        }
        for _ in 0..<steps {
            slot = slot + 1 == Self.slots ? 0 : slot + 1
            sum &-= bytes[slot]
            bytes[slot] = 0
        }
        slotEnd &+= steps &* slotWidth
    }
}
