/// Something that only one loop's thread touches, held by something that any thread may hold.
///
/// The context, which exists on that thread alone, is the proof of being there.
package final class LoopBound<Value>: @unchecked Sendable {
    private let value: Value

    /// Hands something over to a loop.
    ///
    /// - Parameter value: The thing; whoever hands it over keeps no other way to it.
    package init(_ value: Value) {
        self.value = value
    }

    /// The thing, for code on the thread of the loop.
    ///
    /// - Parameter context: The proof of being there.
    /// - Returns: The thing.
    package func value(on context: LoopContext) -> Value { value }
}
