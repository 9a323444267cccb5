// Rules about a reset that never happens.

extension FaultRule {
    /// A reset that is still pending when the fault ends is canceled.
    static func resetWithinDuration(
        timeout: PropertyPath<Subject, Duration>, duration: PropertyPath<Subject, Duration>
    ) -> FaultRule {
        FaultRule(about: timeout, with: duration) { subject in
            let length = subject[keyPath: duration]
            guard subject[keyPath: timeout] >= length else { return nil }
            let seconds = DurationText.decimal(length, in: .seconds(1))
            return .warning(
                "no reset is due before the fault ends after TOTAL_CHAOS_DURATION=\(seconds) seconds",
                hint: "reset sooner or let the fault last longer")
        }
    }

    /// A share of nothing, or a share that does not count.
    static func shareHasEffect(
        _ share: PropertyPath<Subject, Percentage>, choosing choice: PropertyPath<Subject, RequestChoice>
    ) -> FaultRule {
        FaultRule(about: share) { subject in
            let percentage = subject[keyPath: share]
            let choice = subject[keyPath: choice]
            if choice.isFixed {
                return percentage == .hundred
                    ? nil : .warning("has no effect, because requests are chosen by \(choice)", hint: "leave it out")
            }
            return percentage == .zero
                ? .warning("no request is reset", hint: "use 1 or more, unless the proxy alone is on trial") : nil
        }
    }
}
