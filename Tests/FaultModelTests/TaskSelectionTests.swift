import FaultModel
import Testing

@Suite("Which tasks are hit")
struct TaskSelectionTests {
    static func id(_ number: Int) -> String { "0000000000000000000000000000000\(number)" }

    static func task(_ number: Int, of service: ECSServiceName? = "checkout", status: String = "RUNNING")
        -> TaskCandidate
    {
        let arn = "arn:aws:ecs:eu-central-1:123456789012:task/production/\(id(number))"
        return TaskCandidate(id: ECSTaskID(stringLiteral: arn), service: service, lastStatus: status)
    }

    static let tasks = [
        task(4, of: "search"), task(1), task(0), task(3), task(2, status: "PENDING"), task(1), task(5, of: nil),
    ]

    static func refusal(_ selection: TaskSelection) -> String? {
        do throws(TargetSelectionError) {
            _ = try selection.choose(from: tasks)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("A share of a service is one of its running tasks")
    func service() throws {
        let all = try TaskSelection(.service("checkout", share: .percentage(100)), seed: 1).choose(from: Self.tasks)
        #expect(all.chosen.map(\.identity) == [0, 1, 3].map(Self.id))
        #expect(
            all.spared.map(\.reason) == [.notRunning(state: "pending"), .inOtherService, .inOtherService])
        let two = try TaskSelection(.service("checkout", share: .percentage(70)), seed: 1).choose(from: Self.tasks)
        #expect(two.chosen.count == 2 && two.spared.contains { $0.reason == .notDrawn })
    }

    @Test("Tasks by id, with or without the place where they run")
    func ids() throws {
        let selection = TaskSelection(.tasks([ECSTaskID(stringLiteral: Self.id(3)), Self.task(0).id]), seed: 1)
        #expect(try selection.choose(from: Self.tasks).chosen.map(\.identity) == [0, 3].map(Self.id))
    }

    @Test("What cannot be meant is refused")
    func refusals() {
        #expect(
            Self.refusal(TaskSelection(.service("checkout", share: .percentage(0)), seed: 1))
                == "0 % of the tasks is none; use a percentage from 1 on")
        #expect(Self.refusal(TaskSelection(.tasks([]), seed: 1))?.contains("no tasks were named") == true)
        #expect(
            Self.refusal(TaskSelection(.service("nope", share: .all), seed: 1))?.contains("none of the tasks") == true)
        let missing: ECSTaskID = "ffffffffffffffffffffffffffffffff"
        #expect(Self.refusal(TaskSelection(.tasks([missing]), seed: 1)) == "no such tasks: \(missing)")
        let elsewhere: ECSTaskID = "arn:aws:ecs:eu-central-1:123456789012:task/test/00000000000000000000000000000000"
        #expect(Self.refusal(TaskSelection(.tasks([elsewhere]), seed: 1))?.contains("task/test") == true)
        let pending = ECSTaskID(stringLiteral: Self.id(2))
        #expect(Self.refusal(TaskSelection(.tasks([pending]), seed: 1))?.contains("not running: pending") == true)
    }

    @Test("No tasks at all is an error")
    func none() {
        #expect(throws: TargetSelectionError.noCandidates(plural: "tasks")) {
            try TaskSelection(.service("checkout", share: .all), seed: 1).choose(from: [])
        }
    }
}

@Suite("Label selectors match as in Kubernetes")
struct LabelMatchingTests {
    @Test(
        "One requirement, against a label with its value, another value, the empty value and no label",
        arguments: [
            ("zone=a", [true, false, false, false]), ("zone==a", [true, false, false, false]),
            ("zone!=a", [false, true, true, true]), ("zone in (a,c)", [true, false, false, false]),
            ("zone notin (a,c)", [false, true, true, true]), ("zone", [true, true, true, false]),
            ("!zone", [false, false, false, true]), ("zone=", [false, false, true, false]),
            ("zone in (,a)", [true, false, true, false]), ("zone!=", [true, true, false, true]),
        ])
    func requirement(text: String, matches: [Bool]) throws {
        let selector = try #require(LabelSelector(text))
        let labels = [["zone": "a"], ["zone": "b"], ["zone": ""], ["other": "a"]]
        #expect(labels.map(selector.matches) == matches)
    }

    @Test("All requirements have to hold")
    func all() {
        let selector: LabelSelector = "zone=a,!spot,tier in (web,api)"
        #expect(selector.matches(["zone": "a", "tier": "web"]))
        #expect(!selector.matches(["zone": "a", "tier": "web", "spot": ""]))
        #expect(!selector.matches(["zone": "a"]))
        #expect(!selector.matches([:]))
    }
}
