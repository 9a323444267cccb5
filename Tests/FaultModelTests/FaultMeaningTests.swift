import FaultModel
import Testing

@Suite("What the documented faults mean")
struct FaultMeaningTests {
    @Test("On the wire, each document as far as it speaks")
    func lowering() throws {
        let vmware = VMwareHTTPResetPeer(vmName: "shop-1", vmUserName: "chaos", vmPassword: "opensesame", toxicity: 30)
        #expect(
            try vmware.lowered()
                == .reset(
                    ResetDisruption(
                        trigger: .requestComplete, delay: .seconds(2), unit: .request, selection: .exactFraction(30),
                        existingConnections: .excluded)))

        let current = ECSContainerHTTPResetPeer(
            clusterName: "shop", region: "eu-central-1", serviceName: "checkout", choosing: .first(2))
        #expect(
            try current.lowered()
                == .reset(
                    ResetDisruption(
                        trigger: .connectionAccepted, delay: .seconds(10), unit: .connection, selection: .first(2),
                        existingConnections: .excluded)))

        let legacy = ECSContainerHTTPResetPeer.legacy(region: "eu-central-1", resetTimeout: .seconds(2))
        #expect(
            try legacy.lowered()
                == .reset(
                    ResetDisruption(
                        trigger: .requestComplete, delay: .seconds(2), unit: .request, selection: .all,
                        existingConnections: .excluded)))

        let limit = PodNetworkRateLimit(
            limit: .kibibytes(64), peak: PeakLimit(rate: .megabits(2), bucket: .bytes(1540)),
            destinationIPs: ["10.0.0.0/8"])
        #expect(
            try limit.lowered()
                == .shape(
                    ShapeDisruption(
                        rate: .megabits(1), burst: .kibibytes(32), limit: .kibibytes(64),
                        peak: PeakLimit(rate: .megabits(2), bucket: .bytes(1540)),
                        destinations: .only(addresses: ["10.0.0.0/8"], hosts: []))))
    }

    @Test("An option answers what a document leaves open, and wins over what it says of older connections")
    func options() throws {
        let options = ResetOptions(responsePrefix: 10, existingConnections: .included)
        let fault = ECSContainerHTTPResetPeer.legacy(region: "eu-central-1", options: options)
        #expect(
            try fault.lowered() == .reset(ResetDisruption(responsePrefix: 10, existingConnections: .included)))
    }

    @Test("Swift and keys say the same, and editions remember which they are")
    func swiftAndKeys() throws {
        let current = try ECSContainerHTTPResetPeer(
            tunables: ["CLUSTER_NAME": "shop", "REGION": "eu-central-1", "SERVICE_NAME": "checkout"])
        #expect(
            current
                == ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1", serviceName: "checkout"))
        let legacy = try ECSContainerHTTPResetPeer(
            tunables: ["REGION": "eu-central-1", "RESET_TIMEOUT": "2000"], edition: .legacy)
        #expect(legacy == .legacy(region: "eu-central-1", resetTimeout: .seconds(2)))
        #expect(legacy.edition == .legacy)
        #expect(legacy != current)
    }

    @Test("What only another edition lists is read with a note and not lost")
    func otherEditions() throws {
        let entries = [
            ("CLUSTER_NAME", "shop"), ("REGION", "eu-central-1"), ("SERVICE_NAME", "checkout"),
            ("CHAOS_INTERVAL", "5-15"), ("AWS_SHARED_CREDENTIALS_FILE", "/tmp/aws"),
        ].map { TunableEntry($0.0, $0.1) }
        for edition in [Edition.current, .legacy] {
            let reading = ECSContainerHTTPResetPeer.parse(entries, edition: edition)
            let fault = try #require(reading.fault)
            let notes = reading.diagnostics.filter { $0.message.contains("does not list it") }.compactMap(\.key)
            #expect(
                notes
                    == (edition == .current
                        ? ["CHAOS_INTERVAL", "AWS_SHARED_CREDENTIALS_FILE"] : ["CLUSTER_NAME", "SERVICE_NAME"]))
            let exported = Dictionary(uniqueKeysWithValues: fault.tunables.map { ($0.key, $0.value) })
            for entry in entries { #expect(exported[entry.key] == entry.value) }
            #expect(ECSContainerHTTPResetPeer.parse(fault.tunables, edition: edition).fault == fault)
        }
        let plain = ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1", serviceName: "checkout")
        #expect(!plain.tunables.map(\.key).contains("CHAOS_INTERVAL"))
    }

    @Test("The figures of the rate limit are those of the document's defaults")
    func rateFigures() throws {
        guard case .shape(let shape) = PodNetworkRateLimit().disruptionWithoutJudging() else {
            Issue.record("a rate limit shapes")
            return
        }
        #expect(shape.refillTime == .microseconds(262_144))
        #expect(shape.worstQueueingDelay == .microseconds(16_777_216))
        #expect(shape.shownLatency == .microseconds(16_515_072))
        #expect(shape.transferTime(of: 10_000_000) == .microseconds(79_737_856))
        #expect(shape.transferTime(of: 32_768) == .zero)
        #expect(shape.largestPacket == 32_768)
        let figures = PodNetworkRateLimit().figures.map { "\($0.name): \($0.value)" }
        #expect(figures.contains("worst queueing delay: 16.777 s"))
        #expect(figures.contains("pods: 1 of 1, 1 of 3, 1 of 4, 1 of 10"))
    }

    @Test(
        "With a peak the slower of two buckets decides",
        arguments: [
            // (20 MiB - 2 KiB) at 125000 bytes/s; the peak's queue drains faster.
            ("20mb", "2kb", nil, 167_755_776),
            ("2mb", "32kb", PeakLimit(rate: .megabits(2), bucket: .bytes(1540)), 16_515_072),
            // 64 KiB - 1540 bytes at 250000 bytes/s are 255.984 ms, and at the rate nothing is left to wait for.
            ("64kb", "64kb", PeakLimit(rate: .megabits(2), bucket: .bytes(1540)), 255_984),
        ] as [(ByteSize, ByteSize, PeakLimit?, Int64)])
    func delays(limit: ByteSize, burst: ByteSize, peak: PeakLimit?, microseconds: Int64) {
        let shape = ShapeDisruption(rate: .megabits(1), burst: burst, limit: limit, peak: peak)
        #expect(shape.shownLatency == .microseconds(microseconds))
    }

    @Test("No figure traps, whatever the values")
    func extremeFigures() throws {
        let smallest = try #require(DataRate(bytesPerSecond: 1))
        let largest = try #require(ByteSize(bytes: UInt32.max))
        let fault = PodNetworkRateLimit(
            networkBandwidth: smallest, burst: .bytes(1), limit: largest,
            peak: PeakLimit(rate: smallest, bucket: .bytes(1)), totalChaosDuration: .seconds(Int64.max),
            sequence: .serial, rampTime: .seconds(-5))
        #expect(fault.figures.count == 8)
        #expect(ResetFigures.all.allSatisfy { $0.value.isEmpty == false })
    }

    private enum ResetFigures {
        static let all: [DerivedFigure] =
            [.exactFraction, .keyedDraw, .independentDraw, .first(1), .every(2), .ordinals([3])].flatMap {
                PodHTTPResetPeer(resetTimeout: .seconds(-1), totalChaosDuration: .seconds(-9), choosing: $0).figures
            }
    }

    @Test(
        "A choice by distance is a count and no ordinal",
        arguments: [(1, "reset every request, "), (2, "reset the last of each 2 requests, ")])
    func everyFew(period: Int, words: String) {
        let fault = PodHTTPResetPeer(choosing: .every(period))
        #expect(fault.disruptionWithoutJudging().summary.hasPrefix(words))
        #expect(fault.figures.first?.value == "the last of each \(period)")
    }

    @Test("A serial run takes the duration once for each target, and the ramps once")
    func serialDuration() {
        let serial = FaultTiming(duration: .seconds(360), rampTime: .seconds(30), sequence: .serial)
        #expect(serial.totalDuration(targets: 20) == .seconds(7260))
        let parallel = FaultTiming(duration: .seconds(360), rampTime: .seconds(30))
        #expect(parallel.totalDuration(targets: 20) == .seconds(420))
        #expect(parallel.totalDuration(targets: 0) == .seconds(60))
    }

    @Test("A fault of one VM takes its duration once, whatever its sequence says")
    func oneMachine() {
        let serial = VMwareHTTPResetPeer(
            vmName: "shop-1", vmUserName: "chaos", vmPassword: "opensesame", sequence: .serial, rampTime: .seconds(5))
        #expect(serial.timing == FaultTiming(duration: .seconds(30), rampTime: .seconds(5)))
        #expect(serial.figures.last?.value == "40 s")
    }

    @Test("Each party gets its own permissions, and the agent's are not the principal's")
    func permissions() throws {
        let faults: [any Fault] = [
            ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1"),
            ECSContainerHTTPResetPeer.legacy(region: "eu-central-1"),
        ]
        for fault in faults {
            let actions = fault.permissions.map { grant -> [String] in
                guard case .iam(let actions) = grant.permissions else { return [] }
                return actions
            }
            #expect(actions.count == 2)
            #expect(actions[0].contains("ssm:SendCommand"))
            #expect(!actions[0].contains { $0.hasPrefix("ec2messages:") || $0 == "ssm:UpdateInstanceInformation" })
            #expect(actions[1].contains("ec2messages:SendReply"))
            #expect(Set(actions[0]).isDisjoint(with: actions[1]))
        }
        var assuming = ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1")
        assuming.assumeRoleARN = "arn:aws:iam::123456789012:role/chaos"
        #expect(assuming.permissions.last?.permissions == .iam(["sts:AssumeRole"]))
        #expect(PodHTTPResetPeer().permissions == PodNetworkRateLimit().permissions)
    }

    @Test("Faults hand their tunables to the choice of targets")
    func selections() throws {
        let pods = ["a", "b", "c", "d"].map { PodCandidate(namespace: "shop", name: PodName(stringLiteral: $0)) }
        let half = PodHTTPResetPeer(podAffectedPercentage: 50).podSelection(seed: 3)
        #expect(try half.choose(from: pods).chosen.count == 2)
        let named = PodNetworkRateLimit(targetPods: ["c"]).podSelection(seed: 3)
        #expect(try named.choose(from: pods).chosen.map(\.name) == ["c"])

        let fault = ECSContainerHTTPResetPeer(clusterName: "shop", region: "eu-central-1")
        let task = TaskCandidate(id: "0123456789abcdef0123456789abcdef", service: "checkout")
        #expect(throws: TargetSelectionError.nothingSelected(plural: "tasks")) {
            try fault.taskSelection(seed: 1).choose(from: [task])
        }
        var checkout = fault
        checkout.serviceName = "checkout"
        #expect(try checkout.taskSelection(seed: 1).choose(from: [task]).chosen == [task])
    }

    @Test("A secret of a fault is shown nowhere but in the export")
    func secrets() throws {
        let password = "correct-horse"
        let fault = VMwareHTTPResetPeer(
            vmName: "shop-1", vmUserName: "chaos", vmPassword: Secret(password), govcPassword: Secret(password))
        var dumped = ""
        dump(fault, to: &dumped)
        let shown = [
            dumped, "\(fault)", String(reflecting: fault), "\(fault.resolvedTunables)", "\(fault.diagnostics())",
            "\(fault.tunables)", "\(fault.figures)",
        ]
        for text in shown { #expect(!text.contains(password), "\(text)") }
        #expect(fault.tunables.contains { $0.value == password })
    }

    @Test(
        "What a refused value hides is in no message either",
        arguments: [
            [("GOVC_URL", "https://root:hunter2@vc")], [("GOVC_URL", " https://root:hunter2@vc ")],
            [("GOVC_URL", "https://vc"), ("GOVC_URL", "https://root:hunter2@vc")],
            [("GOVC_URL", "https://root:hunter2@vc"), ("GOVC_URL", "https://root:hunter2@vc")],
            [("VM_PASSWORD", "hunter2\n")], [("VM_PASSWORD", "hunter2"), ("VM_PASSWORD", "hunter2")],
            [("VM_PASSWORT", "hunter2")],
        ])
    func hiddenValues(entries: [(String, String)]) {
        let reading = VMwareHTTPResetPeer.parse(
            entries.map { TunableEntry($0.0, $0.1, place: .argument("--set \($0.0)=\($0.1)")) })
        #expect(reading.fault == nil)
        for text in reading.diagnostics.map(\.description) { #expect(!text.contains("hunter2"), "\(text)") }
    }
}
