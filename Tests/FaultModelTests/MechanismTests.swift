import FaultModel
import Testing

@Suite("The tunable mechanism beyond one document")
struct MechanismTests {
    @Test("A required tunable that is missing is an error")
    func required() {
        let reading = SampleFault.parse([])
        #expect(reading.fault == nil)
        #expect(reading.diagnostics.map(\.key) == ["HOST", "PASSWORD"])
        #expect(SampleFault.schema.rows.map(\.isRequired) == [true, true, false])
    }

    @Test("An edition has its own keys and defaults")
    func editions() throws {
        let given = [TunableEntry("HOST", "a"), TunableEntry("PASSWORD", "secret")]
        let current = try SampleFault(tunables: given)
        let legacy = try SampleFault(tunables: given, edition: .legacy)
        #expect(current.wait == .seconds(10))
        #expect(legacy.wait == .seconds(1))
        #expect(legacy.tunables.map(\.key) == ["HOST", "PASSWORD", "WAIT_TIME"])
        #expect(try SampleFault(tunables: legacy.tunables, edition: .legacy) == legacy)
        #expect(SampleFault.parse(legacy.tunables).fault == nil)
        #expect(SampleFault.parse(given, edition: Edition(name: "draft")).diagnostics.first?.severity == .error)
    }

    @Test(
        "A secret appears in no message",
        arguments: [
            [("HOST", "hunter2"), ("PASSWORD", "hunter2")],
            [("HOST", "a"), ("PASSWORD", "hunter2"), ("PASSWORD", "hunter2")],
            [("HOST", "a"), ("PASSWROD", "hunter2")],
            [("HOST", "a"), ("VM_PASS", "hunter2")],
        ])
    func secrets(pairs: [(String, String)]) {
        let entries = pairs.map { TunableEntry($0.0, $0.1, place: .argument("--set \($0.0)=\($0.1)")) }
        let reading = SampleFault.parse(entries)
        let about = reading.diagnostics.filter { $0.key != "HOST" }
        #expect(!about.isEmpty)
        #expect(about.allSatisfy { !"\($0)".contains("hunter2") })
        #expect(about.allSatisfy { $0.value == nil })
        #expect(entries.allSatisfy { !"\($0)".contains("hunter2") })
        #expect(reading.tunables.filter { $0.row.traits.isSecret }.allSatisfy { $0.text == nil })
    }

    @Test("An illegal secret is not quoted, although its codec does")
    func illegalSecret() throws {
        let entry = TunableEntry("PASSWORD", "qz", place: .argument("--set PASSWORD=qz"))
        let problem = try #require(SampleFault.parse([entry]).diagnostics.first)
        #expect(problem.message == "a password has at least three characters")
        #expect(!"\(problem)".contains("qz"))
    }

    @Test("White space belongs to a password")
    func passwordSpace() throws {
        let fault = try SampleFault(tunables: ["HOST": "a", "PASSWORD": " pass "])
        #expect(fault.password == " pass ")
    }

    @Test("The catalog finds documents in any case and suggests")
    func catalog() throws {
        let document = try #require(FaultCatalog.standard.document(named: "Pod-HTTP-Reset-Peer"))
        #expect(document.id == "pod-http-reset-peer")
        #expect(document.rows == PodHTTPResetPeer.schema.rows)
        #expect(FaultCatalog.standard.document(named: "pod-http-reset-peer", edition: .legacy) == nil)
        #expect(FaultCatalog.standard.document(named: "nope") == nil)
        #expect(FaultCatalog.standard.nearestID(to: "pod-http-rest-peer") == "pod-http-reset-peer")
        #expect(FaultCatalog.standard.nearestID(to: "nope") == nil)
        let fault = try document.parse([TunableEntry("TOXICITY", "30")]).get()
        #expect(try fault.lowered() == PodHTTPResetPeer(toxicity: 30).lowered())
    }

    @Test("Every default of the catalog reads as itself, and every line of documentation is complete")
    func rows() throws {
        for document in FaultCatalog.standard.documents {
            #expect(Set(document.rows.map(\.key)).count == document.rows.count)
            for row in document.rows {
                #expect(row.traits.summary.hasSuffix("."), "\(row.key)")
                #expect(!row.rule.isEmpty && !row.typeName.isEmpty && !row.group.isEmpty)
                guard let text = row.defaultText else { continue }
                let reading = document.parse([TunableEntry(row.key, text)])
                let read = try #require(reading.tunables.first { $0.row.key == row.key })
                #expect(read.text == (row.traits.isSecret ? nil : text))
            }
        }
    }

    @Test("A key declared twice stops the program")
    func declaredTwice() async {
        await #expect(processExitsWith: .failure) {
            _ = FaultSchema(
                id: "twice", title: "Twice", summary: "Nothing.", template: PodHTTPResetPeer(),
                groups: [
                    TunableGroup(
                        "Group",
                        [
                            TunableField(CommonTunables.rampTime, \PodHTTPResetPeer.rampTime),
                            TunableField(CommonTunables.rampTime, \PodHTTPResetPeer.resetTimeout),
                        ])
                ])
        }
    }
}
