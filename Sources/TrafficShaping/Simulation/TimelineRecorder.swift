/// Gathers a ``LinkTimeline`` in a fixed number of cells whose width doubles when they run out.
///
/// No packet costs more than two cells, however long it waits: what waits is not added up over time but follows from what
/// came and went, see ``timeline``.
struct TimelineRecorder: Sendable {
    /// A bin that is being filled, of which every figure can be merged exactly with that of its neighbor.
    private struct Cell: Sendable {
        var arrived = TrafficVolume.zero
        var sent = TrafficVolume.zero
        var droppedAtLimit = TrafficVolume.zero
        var droppedAsOversize = TrafficVolume.zero
        var discarded = TrafficVolume.zero
        /// The bytes that began to wait.
        var joined: UInt64 = 0
        /// The bytes that ceased to wait.
        var left: UInt64 = 0
        /// Of each byte that began or ceased to wait, the time from then to the end of the cell; nanoseconds, summed up.
        var joinedToEnd: UInt128 = 0
        var leftToEnd: UInt128 = 0
        /// The most bytes that waited after an arrival.
        var largestBacklog: UInt64 = 0
        var largestDelay: Int64 = 0
        var delays: UInt128 = 0

        /// The cell that covers this one and the one after it, both of a width.
        func merged(with next: Cell, width: Int64) -> Cell {
            var merged = Cell()
            merged.arrived = arrived + next.arrived
            merged.sent = sent + next.sent
            merged.droppedAtLimit = droppedAtLimit + next.droppedAtLimit
            merged.droppedAsOversize = droppedAsOversize + next.droppedAsOversize
            merged.discarded = discarded + next.discarded
            merged.joined = joined &+ next.joined
            merged.left = left &+ next.left
            // The end of the merged cell is later than that of the first one by the width of the second.
            merged.joinedToEnd = joinedToEnd &+ UInt128(joined) &* UInt128(width) &+ next.joinedToEnd
            merged.leftToEnd = leftToEnd &+ UInt128(left) &* UInt128(width) &+ next.leftToEnd
            merged.largestBacklog = max(largestBacklog, next.largestBacklog)
            merged.largestDelay = max(largestDelay, next.largestDelay)
            merged.delays = delays &+ next.delays
            return merged
        }
    }

    private let count: Int
    private var cells: [Cell] = []
    private var origin: Int64 = 0
    private var used = 0
    /// A cell is this power of two wide, in nanoseconds; 1.024 microseconds at first.
    private var shift: Int64 = 10

    init(bins count: Int) {
        precondition(
            (2...65536).contains(count) && count.isMultiple(of: 2), "a timeline has 2 to 65536 bins, an even number")
        self.count = count
    }

    mutating func arrived(_ length: UInt32, at moment: Int64) {
        if cells.isEmpty {
            cells = Array(repeating: Cell(), count: count)
            origin = moment
        }
        cells[index(at: moment)].arrived.count(length)
    }

    mutating func droppedAtLimit(_ length: UInt32, at moment: Int64) {
        cells[index(at: moment)].droppedAtLimit.count(length)
    }

    mutating func droppedAsOversize(_ length: UInt32, at moment: Int64) {
        cells[index(at: moment)].droppedAsOversize.count(length)
    }

    /// A packet begins to wait.
    mutating func joined(_ length: UInt32, at moment: Int64, backlog: UInt64) {
        let index = index(at: moment)
        let rest = end(of: index) &- moment
        cells[index].joined &+= UInt64(length)
        cells[index].joinedToEnd &+= UInt128(length) &* UInt128(truncatingIfNeeded: rest)
        cells[index].largestBacklog = max(cells[index].largestBacklog, backlog)
    }

    /// A packet leaves, which waited unless the delay is 0.
    mutating func sent(_ length: UInt32, at moment: Int64, delay: Int64) {
        let index = index(at: moment)
        cells[index].sent.count(length)
        guard delay > 0 else { return }
        left(length, at: moment, index: index)
        cells[index].largestDelay = max(cells[index].largestDelay, delay)
        cells[index].delays &+= UInt128(truncatingIfNeeded: delay)
    }

    /// A packet that waited is dropped.
    mutating func discarded(_ length: UInt32, at moment: Int64) {
        let index = index(at: moment)
        cells[index].discarded.count(length)
        left(length, at: moment, index: index)
    }

    private mutating func left(_ length: UInt32, at moment: Int64, index: Int) {
        let rest = end(of: index) &- moment
        cells[index].left &+= UInt64(length)
        cells[index].leftToEnd &+= UInt128(length) &* UInt128(truncatingIfNeeded: rest)
    }

    private func end(of index: Int) -> Int64 { origin &+ Int64(index + 1) &<< shift }

    /// The cell of a moment, after making room for it.
    private mutating func index(at moment: Int64) -> Int {
        let offset = max(0, moment &- origin)
        while offset >> shift >= Int64(count) { halve() }
        let index = Int(offset >> shift)
        used = max(used, index + 1)
        return index
    }

    private mutating func halve() {
        for index in 0..<count / 2 {
            cells[index] = cells[2 * index].merged(with: cells[2 * index + 1], width: 1 << shift)
        }
        for index in count / 2..<count { cells[index] = Cell() }
        used = (used + 1) / 2
        shift += 1
    }

    /// What was gathered.
    ///
    /// At the beginning of a bin there waits what joined and did not leave before. From then on each byte that joins waits
    /// to the end of the bin, and each byte that leaves does not.
    var timeline: LinkTimeline {
        let width: Int64 = 1 << shift
        var waiting: UInt64 = 0
        var bins: [LinkTimeline.Bin] = []
        bins.reserveCapacity(used)
        for (index, cell) in cells.prefix(used).enumerated() {
            var bin = LinkTimeline.Bin(start: origin &+ Int64(index) &<< shift, width: width)
            bin.arrived = cell.arrived
            bin.sent = cell.sent
            bin.droppedAtLimit = cell.droppedAtLimit
            bin.droppedAsOversize = cell.droppedAsOversize
            bin.discarded = cell.discarded
            bin.largestBacklog = max(waiting, cell.largestBacklog)
            let waited = UInt128(waiting) &* UInt128(width) &+ cell.joinedToEnd &- cell.leftToEnd
            bin.meanBacklog = UInt64(truncatingIfNeeded: waited >> UInt128(shift))
            bin.largestDelay = cell.largestDelay
            let sent = UInt128(max(1, cell.sent.packets))
            bin.meanDelay = Int64(truncatingIfNeeded: cell.delays / sent)
            bins.append(bin)
            waiting = waiting &+ cell.joined &- cell.left
        }
        return LinkTimeline(width: width, bins: bins)
    }
}
