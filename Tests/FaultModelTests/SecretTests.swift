import FaultModel
import Testing

@Suite("Secrets are not shown")
struct SecretTests {
    private struct Holder {
        let name = "root"
        let password: Secret
    }

    @Test("No way of printing shows a secret")
    func printing() {
        let secret: Secret = "hunter2"
        let holder = Holder(password: secret)
        var dumped = ""
        dump(holder, to: &dumped)
        dump(secret, to: &dumped)
        dump(Optional(secret), to: &dumped)
        dump([secret: [secret]], to: &dumped)
        let shown = [
            "\(secret)", secret.description, secret.debugDescription, String(describing: secret),
            String(reflecting: secret),
            "\(holder)", String(reflecting: holder), "\([secret])", "\(Optional(secret) as Any)", dumped,
            "\(Mirror(reflecting: secret).children.map(\.value))", "\(Mirror(reflecting: secret))",
        ]
        #expect(shown.filter { $0.contains("hunter") } == [])
        #expect(shown.prefix(8).allSatisfy { $0.contains("•••") })
        #expect(dumped.contains("•••"))
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("Whoever asks gets it, and equal ones are equal")
    func revealing() {
        #expect(Secret(" a ").revealed == " a ")
        #expect(Secret("a") == "a" && Secret("a") != "b")
        #expect(Set<Secret>(["a", "a", "b"]).count == 2)
    }

    @Test("Space belongs to a secret", arguments: [" pass ", "p ss", "•••", "é", "\u{A0}"])
    func reads(text: String) {
        let reading = TunableCodec.secret("password").reading(text, unset: "")
        #expect(reading.fault?.value.revealed == text)
        #expect(reading.diagnostics.isEmpty)
    }

    @Test(
        "What no platform can hand on is refused without being quoted",
        arguments: ["", "hunter2\n", "a\u{0}hunter2", "\u{85}"])
    func refuses(text: String) throws {
        let reading = TunableCodec.secret("password").reading(text, unset: "unset")
        #expect(reading.fault == nil)
        let problem = try #require(reading.diagnostics.first)
        #expect(!problem.message.contains("hunter2"))
    }
}
