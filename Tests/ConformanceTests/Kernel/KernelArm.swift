import FaultLabTestSupport
import Foundation
import Testing
import TrafficShaping

/// The kernel's own shaper between two network namespaces.
///
/// Both namespaces belong to one child process and have no names, so the kernel takes them away with it, however it ends.
struct KernelArm: LinkArm {
    // Measured where nothing else runs: 1 µs between stamp and queue, 1 µs between departure and stamp, timers 11 to 40 µs
    // late.
    let stamps = StampAccuracy(early: 20_000, late: 1_000_000, isAtTheLink: true)

    func run(_ link: LinkCase) async throws -> LinkObservation {
        var plan = KernelPlan(link.words, link.packets)
        // An ideal link says how long its queue takes at the end; a real one is asked until it is empty.
        let ideal = try await SimulatedArm().run(link)
        let last = ideal.packets.compactMap(\.departure).max() ?? 0
        plan.rest = max(0, last - (link.packets.last?.moment ?? 0)) + 20_000_000
        return try await Self.record(plan).observation(of: plan)
    }

    /// Has the kernel carry out a plan.
    static func record(_ plan: KernelPlan) async throws -> KernelRecord {
        try await withTemporaryFolder { folder in
            try folder.write(Array(JSONEncoder().encode(plan)), to: "plan")
            let ending = try await FaultLabTestSupport.run(
                try RealProgram.require("python3"), [script, folder.path(of: "plan")],
                environment: ["PATH": path])
            guard ending.code == 0 else { throw KernelError(description: ending.errors) }
            return try JSONDecoder().decode(KernelRecord.self, from: Data(ending.output.utf8))
        }
    }

    private static let script = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("shaped-link.py").path

    private static var path: String {
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") + ":/usr/sbin:/sbin"
    }

    /// Why the kernel cannot be asked here; asked once.
    private static let obstacle = Task { () -> String? in
        do {
            for program in ["ip", "tc", "python3"] { _ = try RealProgram.require(program) }
            let settings = ["rate", "1mbit", "burst", "32kb", "limit", "2mb"]
            _ = try await record(KernelPlan(settings, []))
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Whether the kernel can be asked; prints why not.
    ///
    /// Where nobody looks at what was left out, the tests run and fail instead.
    static func isAvailable() async -> Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        guard let obstacle = await obstacle.value else { return true }
        print("the kernel's shaper cannot be asked here: \(obstacle)")
        return false
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves a test out, and says so, where no network namespaces with shapers can be made.
    static var requiresKernelShaper: Self {
        .enabled("needs root, python3 and iproute2, and a kernel with tbf and veth") { await KernelArm.isAvailable() }
    }
}
