/// A place in the source of a test: the line of the DSL that a diagnostic or a verdict is about.
public struct SourcePlace: Hashable, Sendable {
    /// The file with its module, as in `ShopTests/PriceTests.swift`.
    public let fileID: String
    /// The line, counted from 1.
    public let line: Int

    /// Names a place.
    ///
    /// - Parameters:
    ///   - fileID: The file with its module, as `#fileID` gives it.
    ///   - line: The line, counted from 1.
    public init(fileID: String, line: Int) {
        self.fileID = fileID
        self.line = line
    }
}

extension SourcePlace: CustomStringConvertible {
    /// File and line, as in `ShopTests/PriceTests.swift:12`.
    public var description: String { "\(fileID):\(line)" }
}
