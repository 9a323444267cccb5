import FaultLabTestSupport
import FaultModel
import Foundation
import Reports
import Testing

@Suite struct ExplanationTextTests {
    private static func explain(_ entries: [TunableEntry]) throws -> ExplanationText {
        let document = SampleFault.current
        return try ExplanationText(document, document.parse(SampleFault.required + entries))
    }

    private static func set(_ key: String, _ value: String) -> TunableEntry {
        TunableEntry(key, value, place: .argument("--set \(key)=\(value)"))
    }

    @Test func everythingHasItsPlace() throws {
        let text = try Self.explain([Self.set("WAIT", "90000"), TunableEntry("NAMES", "a")]).text
        let expected = """
            Sample wait (sample-wait, edition current)

            On the wire: reset every request, 90000 ms after the request was received.

            Target
              HOST      web                        set
              PASSWORD  (secret)                   set

            Wait
              WAIT      90000 milliseconds = 90 s  set by --set WAIT=90000

            Way in
              RUNTIME   crio                       default
              NAMES     a                          set

            What follows
              twice the wait  180.0 seconds (WAIT, two times)
              total duration  60 s (TOTAL_CHAOS_DURATION on all targets at once)

            Permissions of the service account
              pods, pods/log  get, list
              deployments     get

            Permissions of the role of the pod
              ssm  SendCommand, CancelCommand
              ecs  ListTasks

            Permissions of the guest's user
              Guest operations
              Power on
            """
        #expect(text == expected)
    }

    @Test func doubtsAreAtTheEnd() throws {
        let document = SampleFault.current
        let secret = "web"
        let entries = [TunableEntry("HOST", secret), Self.set("PASSWORD", secret), Self.set("WAIT_TIME", " 7 ")]
        let text = try ExplanationText(document, document.parse(entries)).text
        let expected = """


            note: WAIT_TIME= 7 : another name of WAIT (argument --set WAIT_TIME= 7 )
            note: WAIT_TIME= 7 : white space around the value was ignored (argument --set WAIT_TIME= 7 )
            warning: PASSWORD: is the name of the host (argument --set PASSWORD=…)
            """
        #expect(text.hasSuffix(expected), "\(text)")
        #expect(text.contains("PASSWORD  (secret)        set by --set PASSWORD=…\n"), "\(text)")
    }

    @Test(.requires("python3")) func noFormHoldsTheSecret() async throws {
        let document = SampleFault.current
        let entries = [Self.set("HOST", "web"), Self.set("PASSWORD", SampleFault.secret)]
        let explanation = try ExplanationText(document, document.parse(entries))
        #expect(!explanation.text.contains("hunter2"))
        #expect(!explanation.json.contains("hunter2"))
        let json = try await Python.normalized(explanation.json)
        #expect(json.contains(#"{"key": "PASSWORD", "origin": "set", "unit": null, "value": null}"#), "\(json)")
        #expect(json.contains(#"{"key": "WAIT", "origin": "default", "unit": "milliseconds", "value": "10000"}"#))
        #expect(json.contains(#"{"holder": "the guest's user", "named": ["Guest operations", "Power on"]}"#))
    }

    @Test func anInvalidFaultIsNotExplained() {
        let document = SampleFault.current
        let reading = document.parse([TunableEntry("WAIT", "4")])
        let error = #expect(throws: InvalidFault.self) { try ExplanationText(document, reading) }
        #expect(error?.diagnostics.map(\.key) == ["WAIT", "HOST", "PASSWORD"])
    }

    @Test func controlCharactersDoNotReachTheTerminal() throws {
        let text = try Self.explain([TunableEntry("WAIT", "7", place: .argument("\u{1B}[2J"))]).text
        #expect(text.contains("[2J"))
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }
}
