extension Fault {
    /// All figures that follow from the tunables: the fault's own, then those of every fault.
    public var figures: [DerivedFigure] {
        ownFigures + [totalDuration]
    }

    private var totalDuration: DerivedFigure {
        let timing = timing
        let ramps = timing.rampTime > .zero ? ", and RAMP_TIME before and after" : ""
        let one = timing.totalDuration(targets: 1).readableText
        guard timing.sequence == .serial else {
            return DerivedFigure("total duration", one, "TOTAL_CHAOS_DURATION on all targets at once" + ramps)
        }
        let five = timing.totalDuration(targets: 5).readableText
        return DerivedFigure(
            "total duration", "\(one) for one target, \(five) for five",
            "one after another, each for TOTAL_CHAOS_DURATION" + ramps)
    }
}
