import FaultModel

/// A deadline that belongs to one owner and can be moved at will.
///
/// Confined to the thread of its loop.
package final class LoopTimer {
    let fire: (LoopContext) -> Void
    /// The moment at which it fires, or `nil`.
    fileprivate(set) var deadline: Timestamp?
    fileprivate var version = 0

    /// Creates a timer without a deadline.
    ///
    /// - Parameter fire: Called on the loop when the deadline has come.
    package init(fire: @escaping (LoopContext) -> Void) {
        self.fire = fire
    }
}

/// The deadlines of one loop: a binary heap in which a moved deadline leaves a stale entry behind.
///
/// Moving a deadline is far more frequent than its coming due, and a stale entry costs one comparison when it surfaces.
struct TimerQueue {
    private struct Entry {
        let deadline: Timestamp
        let version: Int
        let timer: LoopTimer

        var isStale: Bool { timer.version != version }
    }

    private var heap: [Entry] = []
    private var live = 0

    /// The earliest deadline.
    mutating func next() -> Timestamp? {
        while let first = heap.first {
            if !first.isStale { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// Moves, sets or clears the deadline of a timer.
    mutating func set(_ timer: LoopTimer, to deadline: Timestamp?) {
        guard timer.deadline != deadline else { return }
        if timer.deadline != nil { live -= 1 }
        timer.version += 1
        timer.deadline = deadline
        guard let deadline else { return }
        live += 1
        heap.append(Entry(deadline: deadline, version: timer.version, timer: timer))
        siftUp(heap.count - 1)
        if heap.count > 64, heap.count > 4 * live { dropStale() }
    }

    /// Takes out a timer whose deadline has come.
    mutating func popDue(at now: Timestamp) -> LoopTimer? {
        guard let deadline = next(), deadline <= now, let timer = heap.first?.timer else { return nil }
        removeFirst()
        timer.deadline = nil
        timer.version += 1
        live -= 1
        return timer
    }

    private mutating func dropStale() {
        heap.removeAll { $0.isStale }
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].deadline < heap[parent].deadline else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].deadline < heap[least].deadline { least = child }
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
