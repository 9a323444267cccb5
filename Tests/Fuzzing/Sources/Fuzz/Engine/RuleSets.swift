import FaultModel
import ResetPeer

/// Sets of rules that together use every part of a disruption.
enum RuleSets {
    static func set(_ number: Int) -> [ResetRule] { all[number % all.count] }

    private static let all: [[ResetRule]] = [
        [],
        [rule(1, ResetDisruption())],
        [rule(2, ResetDisruption(delay: .milliseconds(500)))],
        [rule(3, ResetDisruption(trigger: .requestHead, delay: .milliseconds(300), selection: .every(2)))],
        [rule(4, ResetDisruption(delay: .milliseconds(200), selection: .every(2), forwarding: .never))],
        [rule(5, ResetDisruption(trigger: .firstResponseByte, responsePrefix: 20, upstreamFate: .finish))],
        [rule(6, ResetDisruption(trigger: .connectionAccepted, delay: .seconds(1), upstreamFate: .finish))],
        [
            rule(7, ResetDisruption(selection: .exactFraction(30), upstreamFate: .finish)),
            rule(8, ResetDisruption(delay: .seconds(1), unit: .connection, selection: .keyedDraw(50))),
        ],
        [
            rule(
                9,
                ResetDisruption(
                    trigger: .firstResponseByte, selection: .independentDraw(50), forwarding: .never,
                    responsePrefix: .max, upstreamFate: .reset, existingConnections: .excluded))
        ],
        [
            rule(4, ResetDisruption(delay: .seconds(9), selection: .exactFraction(0), forwarding: .never)),
            rule(2, ResetDisruption(selection: .ordinals([2, 3]), responsePrefix: 1)),
        ],
    ]

    private static func rule(_ number: Int, _ disruption: ResetDisruption) -> ResetRule {
        ResetRule(id: ResetRule.ID(number), name: "rule-\(number)", disruption: disruption, armedAt: .zero)
    }
}
