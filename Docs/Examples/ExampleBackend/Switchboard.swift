public import Evidence
import FaultModel
import Synchronization

/// The switches of a service that can break itself.
///
/// Each worker of the service carries its requests out through ``answer(_:on:by:)``. While a switch is on there, it
/// resets the connections of what the switch picks, after the work and in place of the answer. ``SwitchboardBackend``
/// turns the switches on and off.
public final class Switchboard: Sendable {
    /// The log to which requests, choices and resets are written.
    public let log: EventLog
    private let state: Mutex<State>

    private struct State {
        var workers: [String]
        var switches: [Switch] = []

        func place(of fault: FaultName, on worker: String) -> Int? {
            switches.firstIndex { $0.fault == fault && $0.worker == worker }
        }

        mutating func madePlace(of fault: FaultName, on worker: String) -> Int {
            if let index = place(of: fault, on: worker) { return index }
            switches.append(Switch(fault: fault, worker: worker))
            return switches.count - 1
        }

        /// Takes away what is over, and says what was lifted by that.
        mutating func expire(at now: Timestamp) -> [FaultName] {
            let over = switches.filter { $0.isOver(at: now) && $0.selection != nil }
            switches.removeAll { $0.isOver(at: now) }
            return over.map(\.fault)
        }
    }

    private struct Switch {
        let fault: FaultName
        let worker: String
        /// Which requests are picked; nothing as long as only the end is set.
        var selection: Selection?
        var expiry: Timestamp?
        var arrivals = 0

        /// Counts an arrival, and says whether it is picked.
        mutating func picks() -> Bool {
            arrivals += 1
            if case .first(let count) = selection { return arrivals <= count }
            return selection == .all
        }

        func isOn(at worker: String) -> Bool { self.worker == worker && selection != nil }

        func isOver(at now: Timestamp) -> Bool { expiry.map { $0 <= now } ?? false }
    }

    /// Creates the switches of a service; all of them are off.
    ///
    /// - Parameters:
    ///   - workers: The names of the workers.
    ///   - log: The log to write to.
    public init(workers: [String], log: EventLog) {
        self.log = log
        state = Mutex(State(workers: workers))
    }

    // MARK: For the service

    /// The workers that there are.
    public var workers: [String] { state.withLock(\.workers) }

    /// Takes a worker away with its switches, as a service does that needs fewer.
    ///
    /// - Parameter worker: The name of the worker.
    public func remove(_ worker: String) {
        state.withLock { state in
            state.workers.removeAll { $0 == worker }
            state.switches.removeAll { $0.worker == worker }
        }
    }

    /// Carries a request out on a worker.
    ///
    /// - Parameters:
    ///   - line: What was asked.
    ///   - worker: The name of the worker.
    ///   - work: The work.
    /// - Returns: The answer, or nothing when the connection is to be reset in its place.
    /// - Throws: Whatever the work throws.
    public func answer(_ line: RequestLine, on worker: String, by work: () throws -> String) rethrows -> String? {
        let request = RequestID(connection: log.nextConnection(), ordinal: 1)
        log.append(.connectionAccepted(request.connection, peer: "a client of \(worker)"))
        log.append(.requestReceived(request, line))
        let answer = try work()
        if let fault = faultThatPicks(request, on: worker) {
            // Logged before the client can see it: whoever has seen the effect finds its cause.
            log.append(.resetSent(request, ResetRecord(fault: fault, lateness: .zero, responseBytes: 0)))
            return nil
        }
        log.append(.responseStarted(request, status: nil))
        log.append(.responseCompleted(request, bytes: Int64(answer.utf8.count)))
        return answer
    }

    /// Asks the switches of a worker in the order in which they were turned on, until one picks the request.
    private func faultThatPicks(_ request: RequestID, on worker: String) -> FaultName? {
        state.withLock { state in
            expire(&state)
            var decision: Decision?
            for index in state.switches.indices where state.switches[index].isOn(at: worker) {
                let isPicked = state.switches[index].picks()
                let (fault, arrival) = (state.switches[index].fault, state.switches[index].arrivals)
                decision = Decision(selected: isPicked, fault: fault, key: "arrival:\(arrival)")
                if isPicked { break }
            }
            guard let decision else { return nil }
            // One decision for each request, by the switch that picked it or the last that spared it.
            log.append(.decided(request, decision))
            return decision.selected ? decision.fault : nil
        }
    }

    // MARK: For the backend

    /// Turns a switch on; turning on what is on changes nothing.
    ///
    /// - Parameters:
    ///   - fault: The name of the fault.
    ///   - worker: The name of the worker.
    ///   - selection: Which requests are picked; `.all` and `.first`, and none of any other.
    /// - Returns: Whether there is such a worker.
    func turnOn(_ fault: FaultName, on worker: String, picking selection: Selection) -> Bool {
        state.withLock { state in
            guard state.workers.contains(worker) else { return false }
            let index = state.madePlace(of: fault, on: worker)
            guard state.switches[index].selection == nil else { return true }
            state.switches[index].selection = selection
            log.append(.faultArmed(fault))
            return true
        }
    }

    /// Has a switch turn itself off at a moment, also when nobody asks for it any more.
    ///
    /// - Parameters:
    ///   - fault: The name of the fault.
    ///   - worker: The name of the worker.
    ///   - moment: The moment on the clock of the log.
    func expire(_ fault: FaultName, on worker: String, at moment: Timestamp) {
        state.withLock { state in
            let index = state.madePlace(of: fault, on: worker)
            state.switches[index].expiry = moment
        }
    }

    /// Turns a switch off and forgets its end; turning off what is off changes nothing.
    ///
    /// - Parameters:
    ///   - fault: The name of the fault.
    ///   - worker: The name of the worker.
    func turnOff(_ fault: FaultName, on worker: String) {
        state.withLock { state in
            guard let index = state.place(of: fault, on: worker) else { return }
            if state.switches.remove(at: index).selection != nil { log.append(.faultLifted(fault)) }
        }
    }

    /// Whether a switch is on.
    ///
    /// - Parameters:
    ///   - fault: The name of the fault.
    ///   - worker: The name of the worker.
    /// - Returns: Whether it picks requests.
    func isOn(_ fault: FaultName, on worker: String) -> Bool {
        state.withLock { state in
            expire(&state)
            return state.place(of: fault, on: worker).map { state.switches[$0].selection != nil } ?? false
        }
    }

    /// Whether anything of a switch is left.
    ///
    /// - Parameters:
    ///   - fault: The name of the fault.
    ///   - worker: The name of the worker.
    /// - Returns: Whether it is on, or has only its end set.
    func knows(_ fault: FaultName, on worker: String) -> Bool {
        state.withLock { state in
            expire(&state)
            return state.place(of: fault, on: worker) != nil
        }
    }

    private func expire(_ state: inout State) {
        for fault in state.expire(at: log.now) { log.append(.faultLifted(fault)) }
    }
}
