/// The order of faults, by their numbers: side by side, or one after another.
indirect enum Course: Hashable, Sendable {
    case fault(Int)
    case serial([Course])
    case parallel([Course])
}
