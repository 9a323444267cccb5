import FaultModel
import Reports
import Testing

@Suite struct FaultTextTests {
    @Test func theOverviewHasALineForEachDocument() {
        let lines = FaultText.overview(of: allDocuments).split(separator: "\n")
        #expect(lines.count == allDocuments.count)
        for (line, document) in zip(lines, allDocuments) {
            #expect(line.hasPrefix(document.id + " "))
            #expect(line.contains(document.title))
        }
        #expect(lines.last?.contains("  legacy ") == true)
        #expect(FaultText.overview(of: [SampleFault.current]) == "sample-wait  Sample wait  5 tunables, 2 required")
    }

    @Test(arguments: allDocuments.indices) func everyTunableIsThereInOrder(index: Int) {
        let document = allDocuments[index]
        let lines = FaultText.details(of: document).split(separator: "\n")
        let keys = lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(keys == document.rows.map(\.key))
        let tooLong = lines.filter { $0.count > 100 && $0.split(separator: " ").count > 1 && !$0.contains("default ") }
        #expect(tooLong == [])
    }

    @Test func columnsAreAligned() {
        let text = FaultText.details(of: SampleFault.current)
        let expected = """
            Target
              HOST      container name            required
                  The host, as name|port.
                  Legal: a container name is lower-case letters, digits and '-', with a letter or digit at both
                  ends, at most 63 bytes.
              PASSWORD  password                  required
                  The password of the host.
                  Legal: a password has at least three characters.
                  A secret: its value is never shown.

            Wait
              WAIT      duration in milliseconds  default 10000
                  The wait.
                  Legal: a whole number of milliseconds from 5 to 90000.
                  Also read as WAIT_TIME.

            """
        #expect(text.contains(expected), "\(text)")
        #expect(text.contains("With its defaults: reset every request, 10000 ms after the request was received.\n"))
    }
}
