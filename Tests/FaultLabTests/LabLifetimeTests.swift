import FaultLab
import FaultLabTestSupport
import Foundation
import Testing

/// A lab begins armed, ends closed, and is alone in its process.
@Suite struct LabLifetimeTests {
    @Test func cancellationEndsTheLabAndItsConnections() async throws {
        let labs = Tally<Lab>()
        let test = Task {
            try await withLab(serving: { _ in .ok() }) { lab in
                labs.add(lab)
                try await Task.sleep(for: .seconds(60))
            }
        }
        let lab = try #require(try await eventually { labs.entries.first })
        let client = try RawHTTPClient(port: lab.port)
        let first = try await onThread { client.ask("/") }
        #expect(first.status == 200)
        test.cancel()
        await #expect(throws: CancellationError.self) { try await test.value }
        let ending = try await onThread { client.socket.read() }
        #expect(ending == .end)
    }

    @Test func aConnectionThatWasLeftOpenIsNamed() async throws {
        let left = try await withLab(serving: { _ in .ok() }) { lab in
            // The first connection ends in time, the second does not.
            #expect(try await lab.fetch().status == 200)
            let isClosed = try await eventually {
                lab.log.record.connections.first?.end != nil ? true : nil
            }
            #expect(isClosed == true)
            let client = try RawHTTPClient(port: lab.port)
            let outcome = try await onThread { client.ask("/") }
            #expect(outcome.status == 200)
            return (client: client, log: lab.log)
        }
        #expect(left.log.notes == ["still open when the proxy ended: #2"])
        #expect(left.log.record.connections.last?.end?.by == .proxy)
        let ending = try await onThread { left.client.socket.read() }
        #expect(ending == .end)
    }

    @Test func aLabWithoutLeaksNotesNothing() async throws {
        let log = try await withLab(serving: { _ in .ok() }) { lab in
            #expect(try await lab.fetch().status == 200)
            _ = try await eventually { lab.log.tally.openConnections == 0 ? true : nil }
            return lab.log
        }
        #expect(log.notes == [])
    }

    @Test func theFirstRequestIsAlreadyDecided() async throws {
        try await withLab(serving: { _ in .ok() }, faults: [PodHTTPResetPeer()]) { lab in
            #expect(lab.facts == [.faultArmed("pod-http-reset-peer")])
            #expect(try await lab.fetch() == .ended(.reset))
            let request = try #require(lab.log.record.requests.first)
            #expect(request.isSelected)
        }
    }

    @Test func labsInParallelDoNotSeeEachOther() async throws {
        try await withThrowingTaskGroup { group in
            for number in 1...20 {
                group.addTask {
                    // Every second lab resets everything.
                    let faults: [any Fault] = number.isMultiple(of: 2) ? [PodHTTPResetPeer()] : []
                    try await withLab(serving: { .ok("\(number) \($0.target)") }, faults: faults) { lab in
                        for request in 1...5 {
                            let outcome = try await lab.fetch("/\(number)/\(request)")
                            if faults.isEmpty {
                                #expect(outcome.text == "\(number) /\(number)/\(request)")
                            } else {
                                #expect(outcome == .ended(.reset))
                            }
                        }
                        #expect(lab.log.record.requests.map(\.line.target) == (1...5).map { "/\(number)/\($0)" })
                        #expect(lab.log.tally.connections == 5)
                        #expect(lab.log.tally.resets == (faults.isEmpty ? 0 : 5))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aLiftedFaultLeavesTheLabTransparent() async throws {
        try await withLab(serving: { _ in .ok() }, faults: [PodHTTPResetPeer()]) { lab in
            var outcomes = [try await lab.fetch()]
            await lab.lift()
            outcomes.append(try await lab.fetch())
            await lab.arm("mine", ResetDisruption(selection: .first(1)))
            outcomes.append(try await lab.fetch())
            outcomes.append(try await lab.fetch())
            #expect(outcomes.map(\.status) == [nil, 200, nil, 200])
        }
    }
}
