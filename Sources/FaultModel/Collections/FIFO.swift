/// A queue that gives up its first element without moving the rest each time.
package struct FIFO<Element> {
    @usableFromInline var elements: [Element] = []
    @usableFromInline var head = 0

    /// Elements of which memory is kept when the queue is empty, so that a connection at rest has little.
    @usableFromInline static var kept: Int { 16 }

    /// Creates an empty queue.
    @inlinable
    package init() {}

    /// The number of elements.
    @inlinable package var count: Int { elements.count - head }
    /// Whether there is none.
    @inlinable package var isEmpty: Bool { head == elements.count }
    /// The oldest element.
    @inlinable package var first: Element? { isEmpty ? nil : elements[head] }
    /// The newest element.
    @inlinable package var last: Element? { isEmpty ? nil : elements.last }

    /// An element by its place.
    ///
    /// - Parameter position: Its place, 0 for the oldest.
    @inlinable package subscript(position: Int) -> Element {
        get { elements[head + position] }
        set { elements[head + position] = newValue }
    }

    /// Puts an element behind the others.
    ///
    /// - Parameter element: The element.
    @inlinable
    package mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Lets go of the oldest element.
    @inlinable
    package mutating func removeFirst() {
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: elements.count <= Self.kept)
            head = 0
        } else if head >= 64, head * 2 >= elements.count {
            // Half of the memory may lie before the first element, and no more.
            elements.removeFirst(head)
            head = 0
        }
    }

    /// Lets go of the newest elements.
    ///
    /// - Parameter number: How many; all of them when there are no more.
    @inlinable
    package mutating func removeLast(_ number: Int) {
        elements.removeLast(min(number, count))
        if isEmpty {
            elements.removeAll(keepingCapacity: elements.count <= Self.kept)
            head = 0
        }
    }

    /// The newest elements.
    ///
    /// - Parameter most: The most to show.
    /// - Returns: As many as there are up to that number, in order.
    @inlinable
    package func last(_ most: Int) -> ArraySlice<Element> { elements[head...].suffix(most) }

    /// Lets go of all elements.
    ///
    /// - Returns: What there was, in order.
    @inlinable
    package mutating func removeAll() -> [Element] {
        defer { self = FIFO() }
        return Array(elements[head...])
    }
}

extension FIFO: Sendable where Element: Sendable {}
