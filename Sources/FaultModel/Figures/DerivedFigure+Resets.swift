// Figures that all faults share that reset connections.

extension DerivedFigure {
    /// What a share comes to.
    static func selected(_ selection: Selection, unit: SelectionUnit) -> DerivedFigure {
        let units = "\(unit.rawValue)s"
        let name = "\(units) that are reset"
        switch selection {
        case .exactFraction(.hundred): return DerivedFigure(name, "all of them", "nothing is drawn")
        case .exactFraction(let share):
            return DerivedFigure(
                name, "\(share.value) of each 100", "exactly, in order of arrival, at places that the seed shuffles")
        case .keyedDraw(let share):
            return DerivedFigure(name, "about \(share.value) of each 100", "drawn by the seed and by what is asked")
        case .independentDraw(let share):
            return DerivedFigure(
                name, "about \(share.value) of each 100", "drawn one by one; the count varies with the seed")
        case .first(let count):
            return DerivedFigure(name, "the first \(count)", "chosen by number, the share does not count")
        case .every(let period):
            return DerivedFigure(name, "the last of each \(period)", "chosen by number, the share does not count")
        case .ordinals(let numbers):
            return DerivedFigure(name, "\(numbers.count)", "chosen by number, the share does not count")
        }
    }

    /// Until when a reset can still happen.
    static func lastReset(of unit: SelectionUnit, after timeout: Duration, within duration: Duration) -> DerivedFigure {
        let time = max(.zero, duration - max(.zero, timeout))
        return DerivedFigure(
            "time for resets", "the first \(time.readableText)",
            "the RESET_TIMEOUT of a later \(unit.rawValue) is not over when the fault ends, so it is let go")
    }
}
