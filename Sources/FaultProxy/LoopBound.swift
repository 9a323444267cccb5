import SocketIO

/// Something that only one loop's thread touches, held by something that any thread may hold.
///
/// The context, which exists on that thread alone, is the proof of being there.
final class LoopBound<Value>: @unchecked Sendable {
    private let value: Value

    init(_ value: Value) {
        self.value = value
    }

    func value(on context: LoopContext) -> Value { value }
}
