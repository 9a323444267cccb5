/// A network interface by name, or the one that carries the default route.
///
/// ```swift
/// let chosen: InterfaceSelection = "eth0"
/// InterfaceSelection.auto.name  // nil: the interface of the default route
/// ```
///
/// The documents spell the second `auto`. An interface of that very name cannot be selected, by text or otherwise.
public struct InterfaceSelection: TextQuantity {
    /// The name; absent for the interface of the default route.
    public let name: InterfaceName?

    /// The interface that carries the default route.
    public static let auto = InterfaceSelection(name: nil)

    /// What documentation calls the type.
    public static let typeName = "interface"
    /// The rule as half a sentence.
    public static let rule = "\(InterfaceName.rule); auto is the interface of the default route"

    private init(name: InterfaceName?) {
        self.name = name
    }

    /// An interface by its name.
    ///
    /// - Parameter name: The name; `auto` means ``auto``.
    /// - Returns: The selection.
    public static func named(_ name: InterfaceName) -> InterfaceSelection {
        InterfaceSelection(name: name.text == "auto" ? nil : name)
    }

    /// Reads a selection.
    ///
    /// - Parameter text: The text, not trimmed.
    /// - Returns: The selection.
    /// - Throws: What is wrong with the text; without a message when the rule says it all.
    public static func read(_ text: String) throws(TunableFlaw) -> Self {
        named(try InterfaceName.read(text))
    }

    /// Warns of an interface that is called almost like the word for none in particular.
    ///
    /// - Parameters:
    ///   - text: The text that was read.
    ///   - value: What it was read as.
    /// - Returns: Half a sentence, or nothing when there is nothing to say.
    public static func note(on text: String, readAs value: Self) -> String? {
        guard value != .auto, text.lowercased() == "auto" else { return nil }
        return "read as the name of an interface; for the interface of the default route write auto"
    }

    /// The name, or `auto`.
    public var text: String { name?.text ?? "auto" }
}
