/// What a descriptor is ready for, or what its owner waits for.
///
/// A set of five bits without the generic machinery of `OptionSet`: it is asked several times per event, and test suites
/// run it unoptimized.
package struct Readiness: Hashable, Sendable {
    package private(set) var bits: UInt32

    init(bits: UInt32) { self.bits = bits }

    /// Nothing.
    package static var none: Readiness { Readiness(bits: 0) }
    /// Bytes, an end or a connection can be read.
    package static var readable: Readiness { Readiness(bits: 1) }
    /// Bytes can be written, or a connect has been decided.
    package static var writable: Readiness { Readiness(bits: 2) }
    /// The connection is over in both directions or broken; reported whether or not it was asked for.
    package static var hangup: Readiness { Readiness(bits: 4) }
    /// The peer has sent its last byte; reported with ``readable`` by a registration for changes.
    package static var ended: Readiness { Readiness(bits: 8) }
    /// A byte was sent as urgent, at which reading stops although more may be behind it; reported as ``ended`` is.
    package static var urgent: Readiness { Readiness(bits: 16) }

    /// Whether it holds any of another.
    ///
    /// - Parameter other: The other.
    /// - Returns: Whether they have a bit in common.
    package func contains(_ other: Readiness) -> Bool { bits & other.bits != 0 }

    /// Adds another.
    ///
    /// - Parameter other: The other.
    package mutating func insert(_ other: Readiness) { bits |= other.bits }

    /// What both hold.
    func intersection(_ other: Readiness) -> Readiness { Readiness(bits: bits & other.bits) }

    /// What either holds.
    package static func | (one: Readiness, other: Readiness) -> Readiness { Readiness(bits: one.bits | other.bits) }
}
