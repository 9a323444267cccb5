import FaultModel
import Testing

@Suite("Label selectors")
struct LabelSelectorTests {
    @Test(
        "A selector reads as its shortest spelling",
        arguments: [
            ("zone=eu-1", "zone=eu-1"), ("zone == eu-1", "zone=eu-1"), ("zone!=eu-1", "zone!=eu-1"),
            ("tier in (web, api)", "tier in (web,api)"), ("tier notin ( web )", "tier notin (web)"),
            ("tier in(web)", "tier in (web)"), ("spot", "spot"), ("!spot", "!spot"), ("! spot , a=b", "!spot,a=b"),
            ("zone=", "zone="), ("zone!=", "zone!="), ("a in (,x)", "a in (,x)"),
            ("topology.kubernetes.io/zone=eu-1a", "topology.kubernetes.io/zone=eu-1a"),
            ("in=in", "in=in"), ("in in (in,notin)", "in in (in,notin)"), ("notin", "notin"), (" a , b ", "a,b"),
            ("A_b.c=D_e.f", "A_b.c=D_e.f"),
        ])
    func reads(text: String, shortest: String) throws {
        let selector = try #require(LabelSelector(text))
        #expect(selector.description == shortest)
        #expect(LabelSelector(selector.description) == selector)
    }

    @Test(
        "Kubernetes would refuse these",
        arguments: [
            "", " ", ",", "a,", ",a", "a,,b", "=b", "!=b", "!", "!a=b", "a b", "a=b c", "a in b", "a in (b", "a in b)",
            "a in ()", "a in (b))", "a inn (b)", "a=b=c", "-a", "a-", "a/b/c", "/a", "a/", "A/b", "a..b/c", "é", "a=é",
            "a=(b)", "a=-b", "a===b", "a!b", "a\u{0}b",
            String(repeating: "a", count: 64), "a=" + String(repeating: "b", count: 64),
            String(repeating: "a", count: 254) + "/b",
        ])
    func refuses(text: String) {
        #expect(LabelSelector(text) == nil)
    }

    @Test("The parts of a selector can be asked for")
    func requirements() {
        let selector: LabelSelector = "zone=eu,tier notin (web,api),!spot,gpu,os!=windows,a in (b)"
        #expect(selector.requirements.map(\.key) == ["zone", "tier", "spot", "gpu", "os", "a"])
        #expect(
            selector.requirements.map(\.condition) == [
                .equals("eu"), .isNotIn(["web", "api"]), .isAbsent, .exists, .differs(from: "windows"), .isIn(["b"]),
            ])
    }

    @Test(
        "A refused selector says where it stops",
        arguments: [
            ("tier in web", "expected '(' after 'in'"), ("tier in (web", "expected ')' at the end of the set"),
            ("tier like web", "expected =, !=, in or notin after 'tier'"), ("a in ()", "is empty"),
            ("a=b c", "expected ','"), ("_a=b", "'_a' is no label key"), ("a=b_", "'b_' is no label value"),
        ])
    func says(text: String, message: String) throws {
        let reading = PodHTTPResetPeer.parse([TunableEntry("NODE_LABEL", text)])
        let problem = try #require(reading.diagnostics.first)
        #expect(problem.message.contains(message), "\(problem)")
        #expect(reading.diagnostics.count == 1)
    }
}
