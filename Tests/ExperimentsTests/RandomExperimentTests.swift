import Evidence
import FaultModel
import Synchronization
import Testing

@testable import Experiments

/// Experiments that nobody thought of, on backends that are slow, fail and are cancelled: whatever the order, the ramps and
/// the pulses, nothing may be injected twice, left behind in silence, or lifted by a switch in a run that lives.
@Suite struct RandomExperimentTests {
    @Test(arguments: 1...300)
    func nothingIsDoneTwiceOrLeftBehind(seed: UInt64) async throws {
        var dice = Dice(seed: seed)
        let clock = SimulatedClock()
        let experiment = dice.experiment()
        try #require(experiment.diagnose().isEmpty)
        let targets = (1...(1 + dice.roll(4))).map { "node-\($0)" }
        let (isSlow, breaks) = (dice.roll(2) == 0, dice.roll(3) == 0)
        let cancellation = dice.roll(4) == 0 ? Duration.milliseconds(dice.roll(60_000)) : nil
        let account = Mutex(Account(dice: dice))
        let backend = RecordingBackend(clock: clock, targets: targets) { call in
            if isSlow {
                let delay = account.withLock { Duration.milliseconds($0.dice.roll(3000)) }
                // The undo goes on in a run that was cancelled, and so does this.
                try? await clock.sleep(for: delay)
            }
            if breaks, account.withLock({ $0.dice.roll(25) == 0 }) { throw Broken("no") }
            account.withLock { $0.note(call, at: clock.now.offset) }
        }
        let rehearsal = try await experiment.rehearse(on: RecordingBackend(clock: clock, targets: targets))
        let journal = MemoryJournal()
        let report = try await withTaskExecutorPreference(clock) {
            let task = Task(executorPreference: clock) {
                try await experiment.run(on: backend, clock: clock, journal: journal, guards: [])
            }
            if let cancellation {
                try await clock.sleep(for: cancellation)
                task.cancel()
            }
            return try await task.value
        }

        let isClean = backend.inPlace.isEmpty && backend.armedUndos.isEmpty
        #expect(isClean || report.outcome == .notCleanedUp)
        #expect(journal.openSteps.isEmpty == (report.outcome != .notCleanedUp))
        #expect(account.withLock(\.complaints) == [])
        guard !breaks, cancellation == nil else { return }
        #expect(report.outcome == .passed)
        #expect(report.steps.allSatisfy { $0.injections > 0 })
        if !isSlow { #expect(clock.now.offset == rehearsal.duration) }
    }
}

/// What is in place, by the calls of a backend that succeeded.
private struct Account {
    var dice: Dice
    private var inPlace: Set<PlanStep> = []
    private var switches: [PlanStep: Duration] = [:]
    private(set) var complaints: [String] = []

    init(dice: Dice) { self.dice = dice }

    mutating func note(_ call: BackendCall, at moment: Duration) {
        guard let step = call.step else { return }
        switch call.operation {
        case .armUndo: switches[step] = moment + (call.delay ?? .zero)
        case .inject where !inPlace.insert(step).inserted: complaints.append("twice: \(call)")
        case .undo:
            inPlace.remove(step)
            if let end = switches.removeValue(forKey: step), end < moment { complaints.append("too late: \(call)") }
        default: break
        }
    }
}

/// Draws experiments; the same seed draws the same.
private struct Dice {
    private var generator: SplitMix64
    private var faults = 0

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &generator) }

    mutating func experiment() -> Experiment {
        let members = trees(depth: 2, mustEnd: false)
        let hold = Duration.seconds(1 + roll(40))
        return Experiment("drawn") {
            Parallel({ return members })
            Hold(for: hold)
        }
    }

    private mutating func trees(depth: Int, mustEnd: Bool) -> [InjectionTree] {
        var members: [InjectionTree] = []
        for _ in 0...roll(3) { members.append(tree(depth: depth, mustEnd: mustEnd)) }
        return members
    }

    private mutating func tree(depth: Int, mustEnd: Bool) -> InjectionTree {
        if depth == 0 || roll(2) == 0 {
            faults += 1
            let schedule = mustEnd || roll(3) > 0 ? schedule() : nil
            return InjectionTree(Inject(FaultName("fault-\(faults)"), ResetDisruption(), schedule: schedule))
        }
        let isSerial = roll(2) == 0
        let members = trees(depth: depth - 1, mustEnd: mustEnd || isSerial)
        return isSerial
            ? InjectionTree(Serial({ return members })) : InjectionTree(Parallel({ return members }))
    }

    private mutating func schedule() -> Schedule {
        let length = 1 + roll(30)
        let pulses = Repetition.pulses(active: .seconds(1 + roll(length)), dormant: .seconds(1 + roll(4)))
        return Schedule(
            for: .seconds(length), order: roll(2) == 0 ? .serial : .parallel, rampBefore: .seconds(roll(6)),
            rampAfter: .seconds(roll(6)), repeating: roll(2) == 0 ? pulses : nil)
    }
}

extension MemoryJournal {
    /// The steps that may be in place, by what stands in the journal.
    fileprivate var openSteps: Set<Int> {
        entries.reduce(into: []) { open, entry in
            switch entry {
            case .armingUndo(let step, _): open.insert(step)
            case .undone(let step): open.remove(step)
            default: break
            }
        }
    }
}
