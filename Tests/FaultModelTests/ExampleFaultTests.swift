import ExampleFault
import FaultModel
import Testing

@Suite("A fault of one's own")
struct ExampleFaultTests {
    let catalog = FaultCatalog.standard.adding(HostConnectionDrop.self)

    @Test("One file and one line, and it is read, judged, explained and exported like any other")
    func added() throws {
        let document = try #require(catalog.document(named: "Host-Connection-Drop"))
        #expect(document.rows.map(\.key) == ["HOST", "DROP_PERCENTAGE", "TOTAL_CHAOS_DURATION"])
        #expect(catalog.nearestID(to: "host-conection-drop") == "host-connection-drop")

        let reading = document.parse([TunableEntry("HOST", "db.example.com"), TunableEntry("DROP_PERCENTAGE", "0")])
        #expect(reading.diagnostics.map(\.message) == ["drops nothing"])
        let fault = try #require(reading.fault)
        #expect(fault.figures.map(\.name) == ["total duration"])
        #expect(document.parse(fault.tunables).fault?.tunables == fault.tunables)

        let broken = document.parse([TunableEntry("HOST", "10.0.0.1"), TunableEntry("DROP_PERCENTGE", "5")])
        #expect(broken.fault == nil)
        #expect(broken.diagnostics.map(\.key) == ["HOST", "DROP_PERCENTGE"])
    }

    @Test("What finds the target is not asked for on loopback")
    func loopback() throws {
        let document = try #require(catalog.document(named: "host-connection-drop"))
        #expect(document.parse([]).diagnostics.map(\.key) == ["HOST"])
        let reading = document.parse([], for: .loopback)
        #expect(reading.diagnostics.isEmpty)
        #expect(
            try reading.fault?.lowered(for: .loopback)
                == .reset(
                    ResetDisruption(trigger: .connectionAccepted, unit: .connection, selection: .exactFraction(80))))
        #expect(!reading.tunables.map(\.row.key).contains("HOST"))
    }

    @Test("The standard catalog stays as it is")
    func separate() {
        #expect(FaultCatalog.standard.document(named: "host-connection-drop") == nil)
    }
}
