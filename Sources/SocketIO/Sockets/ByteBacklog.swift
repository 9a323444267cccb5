/// Bytes that were received and may not, or cannot, be sent on yet.
///
/// Memory is taken when the first byte has to wait and given back when none does, so a connection at rest has none.
package struct ByteBacklog: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer?
    private var head = 0
    private var tail = 0

    /// Creates an empty backlog.
    package init() {}

    deinit {
        storage?.deallocate()
    }

    /// Bytes that wait.
    package var count: Int { tail - head }
    /// Whether none waits.
    package var isEmpty: Bool { head == tail }

    /// Shows the first bytes.
    ///
    /// - Parameters:
    ///   - most: The most bytes to show.
    ///   - body: Looks at them.
    /// - Returns: What the closure returns.
    package func withFirst<Result>(_ most: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let storage else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let slice = storage[head..<head + min(most, count)]
        return body(UnsafeRawBufferPointer(rebasing: slice))
    }

    /// Copies bytes behind those that wait.
    ///
    /// - Parameter bytes: The bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        reserve(bytes.count)
        guard let storage else { return }
        UnsafeMutableRawBufferPointer(rebasing: storage[tail...]).copyMemory(from: bytes)
        tail += bytes.count
    }

    /// Lets go of the first bytes.
    ///
    /// - Parameter count: Their count, at most ``count``.
    package mutating func removeFirst(_ count: Int) {
        head += count
        precondition(head <= tail, "more bytes were taken from the backlog than it held")
        if head == tail { removeAll() }
    }

    /// Lets go of all bytes and of the memory.
    package mutating func removeAll() {
        storage?.deallocate()
        storage = nil
        head = 0
        tail = 0
    }

    private mutating func reserve(_ extra: Int) {
        if let storage, storage.count - tail >= extra { return }
        // With half as much again as is needed, each byte is moved a few times at most: a backlog that stays full while
        // bytes come and go would otherwise be moved as a whole for each of them.
        let wanted = (count + extra) / 2 * 3
        if let storage, storage.count >= wanted {
            storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[head..<tail]))
        } else {
            var size = 4096
            while size < wanted { size *= 2 }
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
            if let storage {
                larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[head..<tail]))
                storage.deallocate()
            }
            storage = larger
        }
        tail -= head
        head = 0
    }
}
