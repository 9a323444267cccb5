import FaultModel
import Testing

@Suite("Which pods are hit")
struct PodSelectionTests {
    static let five: [PodCandidate] = (0..<5).compactMap { number in
        PodName("web-\(number)").map {
            PodCandidate(namespace: "shop", name: $0, nodeLabels: ["zone": number < 3 ? "a" : "b"])
        }
    }

    static func chosen(_ selection: PodSelection, from pods: [PodCandidate] = five) throws -> [String] {
        try selection.choose(from: pods).chosen.map(\.name.text)
    }

    static func refusal(_ selection: PodSelection, from pods: [PodCandidate] = five) -> TargetSelectionError? {
        do throws(TargetSelectionError) {
            _ = try selection.choose(from: pods)
            return nil
        } catch {
            return error
        }
    }

    @Test("Names choose exactly these, whatever the share")
    func names() throws {
        #expect(
            try Self.chosen(PodSelection(names: ["web-3", "web-1", "web-3"], share: .one, seed: 1)) == [
                "web-1", "web-3",
            ])
    }

    @Test("Names and node label both have to hold")
    func intersection() throws {
        let selection = PodSelection(names: ["web-1", "web-4"], nodeLabel: "zone=a", seed: 1)
        let set = try selection.choose(from: Self.five)
        #expect(set.chosen.map(\.name) == ["web-1"])
        #expect(set.spared.map(\.reason) == [.notNamed, .notNamed, .notNamed, .onOtherNode])
    }

    @Test("An empty intersection is an error that names every reason, and never everything")
    func emptyIntersection() throws {
        let error = try #require(
            Self.refusal(PodSelection(names: ["web-4"], nodeLabel: "zone=a", share: .all, seed: 1)))
        #expect(
            "\(error)"
                == """
                none of the pods qualifies: shop/web-0, shop/web-1, shop/web-2, shop/web-3 (not named), \
                shop/web-4 (on another node)
                """)
    }

    @Test("Every missing name is listed with the nearest one")
    func missing() throws {
        let error = try #require(Self.refusal(PodSelection(names: ["web-1", "wbe-2", "db", "db"], seed: 1)))
        #expect("\(error)" == "no such pods: wbe-2 (did you mean web-2?), db")
    }

    @Test("No pods at all is an error")
    func none() {
        #expect(Self.refusal(PodSelection(share: .all, seed: 1), from: []) == .noCandidates(plural: "pods"))
    }

    @Test("A pod that does not run is spared, and the share is one of the others")
    func notRunning() throws {
        var pods = Self.five.filter { $0.name != "web-0" && $0.name != "web-1" }
        pods.append(PodCandidate(namespace: "shop", name: "web-0", phase: .pending))
        pods.append(PodCandidate(namespace: "shop", name: "web-1", isTerminating: true))
        let set = try PodSelection(share: .all, seed: 1).choose(from: pods)
        #expect(
            "\(set)"
                == """
                3 of 5 pods: shop/web-2, shop/web-3, shop/web-4; \
                spared: shop/web-0 (not running: pending), shop/web-1 (not running: terminating)
                """)
        let error = Self.refusal(PodSelection(names: ["web-0"], seed: 1), from: [pods[3]])
        #expect(error.map { "\($0)" } == "none of the pods qualifies: shop/web-0 (not running: pending)")
    }

    @Test("Pods on the network of their node are refused, unless that is allowed")
    func hostNetwork() throws {
        let pods =
            Self.five + [
                PodCandidate(namespace: "shop", name: "proxy-1", usesHostNetwork: true),
                PodCandidate(namespace: "shop", name: "proxy-0", usesHostNetwork: true),
                PodCandidate(namespace: "shop", name: "proxy-2", usesHostNetwork: true, phase: .failed),
            ]
        let error = try #require(Self.refusal(PodSelection(share: .one, seed: 1), from: pods))
        #expect(error == .hostNetwork(["shop/proxy-0", "shop/proxy-1"]))
        #expect("\(error)".contains("shop/proxy-0, shop/proxy-1"))
        #expect(try Self.chosen(PodSelection(names: ["web-1"], seed: 1), from: pods) == ["web-1"])
        let allowed = PodSelection(names: ["proxy-0"], seed: 1, allowsHostNetwork: true)
        #expect(try Self.chosen(allowed, from: pods) == ["proxy-0"])
    }

    @Test("A pod is its namespace and name: doubles count once, one name in two namespaces twice")
    func identity() throws {
        let other = PodCandidate(namespace: "test", name: "web-1")
        let set = try PodSelection(share: .all, seed: 1).choose(from: Self.five + Self.five + [other])
        #expect(set.chosen.count == 6)
        let error = try #require(Self.refusal(PodSelection(names: ["web-1"], seed: 1), from: Self.five + [other]))
        #expect(error == .ambiguous(["shop/web-1", "test/web-1"], plural: "pods"))
    }

    @Test("The order of the listing changes nothing", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let expected = try Self.chosen(PodSelection(share: .percentage(40), seed: seed))
        #expect(expected.count == 2)
        for _ in 0..<20 {
            let shuffled = Self.five.shuffled(using: &random)
            #expect(try Self.chosen(PodSelection(share: .percentage(40), seed: seed), from: shuffled) == expected)
        }
    }

    @Test("A larger share holds the smaller one, and a pod that goes moves no other")
    func nesting() throws {
        let pods = (0..<40).compactMap { PodName("web-\($0)") }.map { PodCandidate(namespace: "shop", name: $0) }
        for seed in 0..<50 as Range<UInt64> {
            let few = try Set(Self.chosen(PodSelection(share: .percentage(30), seed: seed), from: pods))
            let more = try Set(Self.chosen(PodSelection(share: .percentage(50), seed: seed), from: pods))
            #expect(few.count == 12 && more.count == 20 && few.isSubset(of: more), "seed \(seed)")
            let without = pods.filter { $0.name != "web-7" }
            let later = try Set(Self.chosen(PodSelection(share: .count(12), seed: seed), from: without))
            #expect(later.subtracting(few).count == (few.contains("web-7") ? 1 : 0), "seed \(seed)")
        }
    }

    @Test("Over many seeds every pod has its turn")
    func fairness() throws {
        var hits: [String: Int] = [:]
        for seed in 0..<2000 as Range<UInt64> {
            for name in try Self.chosen(PodSelection(share: .one, seed: seed)) { hits[name, default: 0] += 1 }
        }
        // 400 each are expected; the bounds are five standard deviations.
        #expect(hits.count == 5 && hits.values.allSatisfy { (310...490).contains($0) }, "\(hits)")
    }

    @Test("The choice of a seed never changes")
    func pinned() throws {
        let picks = try (1...6 as ClosedRange<UInt64>).map {
            try Self.chosen(PodSelection(share: .one, seed: $0)).joined()
        }
        #expect(picks == ["web-2", "web-0", "web-3", "web-1", "web-1", "web-4"])
    }

    @Test("What is shown names everything")
    func shown() throws {
        let set = try PodSelection(names: ["web-1", "web-3"], seed: 1).choose(from: Self.five)
        #expect(
            "\(set)" == "2 of 5 pods: shop/web-1, shop/web-3; spared: shop/web-0, shop/web-2, shop/web-4 (not named)")
    }
}
