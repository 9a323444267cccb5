/// Bytes that were received and may not, or cannot, be sent on yet.
///
/// Memory is taken when the first byte has to wait and given back when none does, so a connection at rest has none.
struct ByteBacklog: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer?
    private var head = 0
    private var tail = 0

    deinit {
        storage?.deallocate()
    }

    var count: Int { tail - head }
    var isEmpty: Bool { head == tail }

    /// The first bytes, at most so many.
    func withFirst<Result>(_ most: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let storage else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let slice = storage[head..<min(tail, head + most)]
        return body(UnsafeRawBufferPointer(rebasing: slice))
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        reserve(bytes.count)
        guard let storage else { return }
        UnsafeMutableRawBufferPointer(rebasing: storage[tail...]).copyMemory(from: bytes)
        tail += bytes.count
    }

    mutating func removeFirst(_ count: Int) {
        head += count
        precondition(head <= tail, "more bytes were taken from the backlog than it held")
        if head == tail { removeAll() }
    }

    mutating func removeAll() {
        storage?.deallocate()
        storage = nil
        head = 0
        tail = 0
    }

    private mutating func reserve(_ extra: Int) {
        let needed = count + extra
        if let storage, storage.count - tail >= extra { return }
        if let storage, storage.count >= needed, head > 0 {
            storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[head..<tail]))
        } else {
            var size = 4096
            while size < needed { size *= 2 }
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
