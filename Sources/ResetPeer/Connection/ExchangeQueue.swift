import FaultModel

/// The requests that wait for their answers, in order.
///
/// Most connections never have more than one: it lies in the queue itself, so that a connection takes memory only for
/// those behind it.
struct ExchangeQueue: Sendable {
    /// The request whose answer is next; it means something when ``isEmpty`` is false.
    var front = Exchange.none
    private var others = FIFO<Exchange>()
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    /// The newest request; it means something when ``isEmpty`` is false.
    var last: Exchange {
        get { count <= 1 ? front : others[count - 2] }
        set {
            if count <= 1 { front = newValue } else { others[count - 2] = newValue }
        }
    }

    /// A request by its place, 0 for the one in front.
    subscript(position: Int) -> Exchange { position == 0 ? front : others[position - 1] }

    mutating func append(_ exchange: Exchange) {
        if count == 0 { front = exchange } else { others.append(exchange) }
        count += 1
    }

    mutating func removeFirst() {
        count -= 1
        guard count > 0 else { return }
        front = others[0]
        others.removeFirst()
    }

    mutating func removeLast() {
        count -= 1
        if count > 0 { others.removeLast(1) }
    }
}
