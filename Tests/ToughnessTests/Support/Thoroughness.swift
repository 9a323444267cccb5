import Foundation

/// How much of what could be tried is tried.
enum Thoroughness {
    /// Whether time does not matter: with `TOUGHNESS=full` in the environment.
    static let isFull = ProcessInfo.processInfo.environment["TOUGHNESS"] == "full"
}
