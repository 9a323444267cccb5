import FaultModel
import Testing

@Suite("Reading a fault from its documented keys")
struct ReadingTests {
    func read(_ pairs: KeyValuePairs<String, String>) -> FaultReading<PodHTTPResetPeer> {
        PodHTTPResetPeer.parse(pairs.map { TunableEntry($0.key, $0.value) })
    }

    func errors<Subject>(_ reading: FaultReading<Subject>) -> [Diagnostic] {
        reading.diagnostics.filter { $0.severity == .error }
    }

    @Test("No entries give the documented defaults")
    func defaults() throws {
        let reading = read([:])
        #expect(reading.fault == PodHTTPResetPeer())
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.tunables.count == 14)
        #expect(reading.tunables.allSatisfy { $0.origin == .documentedDefault })
    }

    @Test("Five mistakes are five errors, each with its key, at once")
    func fiveMistakes() {
        let reading = read([
            "TOXICITY": "130", "RESET_TIMEOUT": "-5", "PROXY_PORT": "http", "SEQUENCE": "sideways",
            "TARGET_POD": "web-0",
        ])
        #expect(reading.fault == nil)
        #expect(reading.diagnostics.map(\.severity) == Array(repeating: .error, count: 5))
        #expect(
            reading.diagnostics.map(\.key) == ["TOXICITY", "RESET_TIMEOUT", "PROXY_PORT", "SEQUENCE", "TARGET_POD"])
    }

    @Test("A message is one line that names value, rule, hint and place")
    func line() {
        let entry = TunableEntry("TOXICITY", "130", place: .argument("--set TOXICITY=130"))
        let line = PodHTTPResetPeer.parse([entry]).diagnostics.map(\.description)
        #expect(
            line == [
                "error: TOXICITY=130: a percentage is a whole number from 0 to 100; use 100 to reset every request "
                    + "(argument --set TOXICITY=130)"
            ])
    }

    @Test(
        "A value that cannot be read is an error",
        arguments: [
            (
                "RESET_TIMEOUT",
                ["", "-1", "1.5", "+5", "0x10", "1e3", "٣", "500ms", "86400001", "99999999999999999999", "NaN"]
            ),
            ("TOTAL_CHAOS_DURATION", ["", "0", "-1", "60s", "1m", "PT1M", "31536001"]),
            ("RAMP_TIME", ["", "-1", "5s", "1,5"]),
            ("TOXICITY", ["", "101", "-1", "0.3", "%", "100%%", "all", "1 0"]),
            ("POD_AFFECTED_PERCENTAGE", ["", "101", "20-40"]),
            ("TARGET_SERVICE_PORT", ["", "0", "65536", "http", "80,81", "-80"]),
            ("PROXY_PORT", ["", "0", "65536"]),
            ("NETWORK_INTERFACE", ["", ".", "a/b", "a b"]),
            ("TARGET_PODS", [",", "a,", "a,,b", "A", "a b"]),
            ("TARGET_CONTAINER", ["a.b", "A", "a,b"]),
            ("NODE_LABEL", ["a in b", ","]),
            ("SEQUENCE", ["", "Parallel", "random"]),
            ("CONTAINER_RUNTIME", ["", "Docker", "cri-o", "podman"]),
            ("SOCKET_PATH", ["", "docker.sock", "unix:///var/run/docker.sock"]),
        ])
    func unreadable(key: String, values: [String]) {
        for value in values {
            let reading = PodHTTPResetPeer.parse([TunableEntry(key, value)])
            #expect(reading.fault == nil, "\(key)=\(value)")
            #expect(errors(reading).map(\.key) == [key], "\(key)=\(value)")
            #expect(errors(reading).map(\.value) == [value])
            #expect(errors(reading).first?.rule != nil)
            #expect(!reading.tunables.contains { $0.row.key == key })
        }
    }

    @Test(
        "A hint says what to write",
        arguments: [
            ("TOTAL_CHAOS_DURATION", "60s", "write 60"), ("TOTAL_CHAOS_DURATION", "1m", "write 60"),
            ("TOTAL_CHAOS_DURATION", "1m30s", "write 90"), ("RAMP_TIME", "500ms", "write a whole number of seconds"),
            ("RESET_TIMEOUT", "2s", "write 2000"), ("RESET_TIMEOUT", "500ms", "write 500"),
            ("RESET_TIMEOUT", "48h", "write a whole number of milliseconds"),
            ("RESET_TIMEOUT", "-5", "the smallest is 0"),
            ("PROXY_PORT", "70000", "the largest is 65535"), ("SEQUENCE", "Parallel", "write parallel"),
            ("CONTAINER_RUNTIME", "cri-o", "write crio"), ("TARGET_PODS", "Web-0", "write web-0"),
            ("SOCKET_PATH", "unix:///run/s", "write the path alone, /run/s"),
            ("TARGET_POD", "a", "did you mean TARGET_PODS?"), ("TOXICTY", "1", "did you mean TOXICITY?"),
            ("RESET_TIMEUOT", "1", "did you mean RESET_TIMEOUT?"),
            ("toxicity", "1", "keys are written in capitals, TOXICITY"),
            ("target-pods", "a", "did you mean TARGET_PODS?"),
        ])
    func hints(key: String, value: String, hint: String) {
        let reading = PodHTTPResetPeer.parse([TunableEntry(key, value)])
        #expect(reading.diagnostics.map(\.hint) == [hint])
    }

    @Test("A key far from all others gets the list of keys")
    func farKey() throws {
        let problem = try #require(read(["WEIGHT": "3"]).diagnostics.first)
        #expect(problem.hint?.hasPrefix("its tunables are RESET_TIMEOUT, TARGET_SERVICE_PORT") == true)
    }

    @Test(
        "A key of another document is told as such",
        arguments: [
            ("BURST", "it is one of pod-network-rate-limit"), ("VM_PASSWORD", "it is one of vmware-http-reset-peer"),
        ])
    func foreignKey(key: String, hint: String) throws {
        let problem = try #require(read([key: "32kb"]).diagnostics.first)
        #expect(problem.hint == hint)
        #expect(problem.value == nil)
    }

    @Test(
        "Small liberties are taken with a note",
        arguments: [
            ("TOXICITY", "30%", "read as 30"), ("TOXICITY", " 30", "white space"),
            ("RESET_TIMEOUT", "500\n", "white space"),
            ("PODS_AFFECTED_PERC", "30", "another name of POD_AFFECTED_PERCENTAGE"),
        ])
    func notes(key: String, value: String, message: String) {
        let reading = PodHTTPResetPeer.parse([TunableEntry(key, value)])
        #expect(reading.fault != nil)
        #expect(reading.diagnostics.map(\.severity) == [.note])
        #expect(reading.diagnostics.first?.message.contains(message) == true)
    }

    @Test("The empty text of a list or an optional value means not set")
    func empty() {
        let reading = read(["TARGET_PODS": "", "TARGET_CONTAINER": "", "NODE_LABEL": ""])
        #expect(reading.fault == PodHTTPResetPeer())
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("A key given twice is an error, whatever the values")
    func duplicates() {
        for value in ["10", "20"] {
            let reading = read(["TOXICITY": "10", "TOXICITY": value])
            #expect(reading.fault == nil)
            #expect(reading.diagnostics.map(\.message) == ["was given before"])
        }
        #expect(errors(read(["TOXICITY": "x", "TOXICITY": "y"])).count == 3)
    }

    @Test("Two names of one tunable may agree, not differ")
    func aliases() {
        let agreed = read(["PODS_AFFECTED_PERC": "10", "POD_AFFECTED_PERCENTAGE": "10"])
        #expect(agreed.fault?.podAffectedPercentage == 10)
        let differing = read(["POD_AFFECTED_PERCENTAGE": "10", "PODS_AFFECTED_PERC": "20"])
        #expect(differing.fault == nil)
        #expect(errors(differing).map(\.key) == ["PODS_AFFECTED_PERC"])
        #expect(errors(differing).first?.message.contains("POD_AFFECTED_PERCENTAGE=10") == true)
        #expect(errors(read(["POD_AFFECTED_PERCENTAGE": "10", "PODS_AFFECTED_PERC": "x"])).count == 1)
    }

    @Test("A rule is not asked about values that could not be read")
    func brokenValuesSilenceRules() {
        // The default 20000 of PROXY_PORT would collide with the service, but nobody chose it.
        let reading = read(["PROXY_PORT": "x", "TARGET_SERVICE_PORT": "20000"])
        #expect(errors(reading).map(\.key) == ["PROXY_PORT"])
    }

    @Test("Where a value comes from is told")
    func origins() throws {
        let place = Place.file(path: "faults.env", line: 3, column: 1)
        let reading = PodHTTPResetPeer.parse([
            TunableEntry("TOXICITY", "100", place: place), TunableEntry("SEQUENCE", "serial", place: place),
        ])
        let set = reading.tunables.filter { $0.origin == .set(place) }
        #expect(set.map(\.row.key) == ["TOXICITY", "SEQUENCE"])
        #expect(set.map(\.text) == ["100", "serial"])
        #expect(reading.tunables.filter(\.isIgnoredByLocalProxy).map(\.row.key) == ["SEQUENCE"])
    }

    @Test("The throwing initializer carries every finding and the line")
    func throwing() throws {
        let error = #expect(throws: InvalidFault.self) {
            try PodHTTPResetPeer(tunables: ["TOXICITY": "130", "PROXY_PORT": "0"], fileID: "Tests/A.swift", line: 7)
        }
        #expect(error?.faultID == "pod-http-reset-peer")
        #expect(error?.diagnostics.map(\.key) == ["TOXICITY", "PROXY_PORT"])
        #expect(error?.description.contains("(Tests/A.swift:7)") == true)
        #expect(try PodHTTPResetPeer(tunables: ["RESET_TIMEOUT": "500"]).resetTimeout == .milliseconds(500))
    }

    @Test("A message cannot disturb a terminal")
    func hostileMessage() {
        let reading = PodHTTPResetPeer.parse([
            TunableEntry("TOXICITY\u{1B}[2J", "1"), TunableEntry("SEQUENCE", "\u{1B}\n"),
        ])
        for diagnostic in reading.diagnostics {
            #expect(!diagnostic.description.unicodeScalars.contains { $0.value < 0x20 })
        }
    }
}
