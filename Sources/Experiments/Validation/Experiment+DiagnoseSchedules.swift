extension Experiment {
    /// What is wrong with groups, schedules and weights.
    func diagnoseSchedules() -> [ExperimentDiagnostic] {
        parts.injections.flatMap { diagnose($0, isSerial: false) }
    }

    private func diagnose(_ tree: InjectionTree, isSerial: Bool) -> [ExperimentDiagnostic] {
        switch tree.node {
        case .inject(let inject): inject.diagnoseSchedule(isSerial: isSerial)
        case .serial(let members, let place): diagnose(members, "Serial", isSerial: true, at: place)
        case .parallel(let members, let place): diagnose(members, "Parallel", isSerial: isSerial, at: place)
        }
    }

    private func diagnose(
        _ members: [InjectionTree], _ group: String, isSerial: Bool, at place: SourcePlace
    ) -> [ExperimentDiagnostic] {
        guard !members.isEmpty else {
            return [.init(.emptyPhase, "\(group) holds no fault", hint: "add Inject(…) or remove it", at: place)]
        }
        return members.flatMap { diagnose($0, isSerial: isSerial) }
    }
}

extension Inject {
    fileprivate func diagnoseSchedule(isSerial: Bool) -> [ExperimentDiagnostic] {
        var found: [ExperimentDiagnostic] = []
        if !(1...10).contains(weight) {
            found.append(
                .init(
                    .outOfRange, "the weight of fault \"\(name)\" is \(weight)", hint: "it is 1 to 10", at: place))
        }
        guard let timing else {
            let message = "fault \"\(name)\" has no documented schedule"
            return found + [.init(.noSchedule, message, hint: "say Schedule(for: …)", at: place)]
        }
        if isSerial, timing.duration == nil {
            found.append(
                .init(
                    .noSchedule, "fault \"\(name)\" stands in Serial and has no duration, so it would never be over",
                    hint: "give it schedule: Schedule(for: …)", at: place))
        }
        return found + diagnose(timing)
    }

    private func diagnose(_ timing: InjectionTiming) -> [ExperimentDiagnostic] {
        var found: [ExperimentDiagnostic] = []
        if let duration = timing.duration {
            found += ExperimentDiagnostic.positive(duration, "the duration of fault \"\(name)\"", at: place)
        }
        found += ExperimentDiagnostic.notNegative(timing.rampBefore, "the ramp before fault \"\(name)\"", at: place)
        found += ExperimentDiagnostic.notNegative(timing.rampAfter, "the ramp after fault \"\(name)\"", at: place)
        guard let pulses = timing.repetition else { return found }
        found += ExperimentDiagnostic.positive(
            pulses.active, "the length of the pulses of fault \"\(name)\"", at: place)
        found += ExperimentDiagnostic.positive(
            pulses.dormant, "the pause between the pulses of fault \"\(name)\"", at: place)
        if let duration = timing.duration, duration > .zero, pulses.active > duration {
            let message = "the pulses of fault \"\(name)\" last \(TimeText(pulses.active))"
            found.append(
                .init(
                    .outOfRange, "\(message), and the fault only \(TimeText(duration))",
                    hint: "make the pulses shorter, or leave them out", at: place))
        }
        return found
    }
}
