import FaultModel
import Testing

@Suite("Machines, users, addresses and paths")
struct VMwareQuantityTests {
    @Test(
        "A machine is a name or a path",
        arguments: [
            ("web-01", "web-01", false), ("Web 01 (old)", "Web 01 (old)", false),
            ("/DC/vm/Shop/web-01", "web-01", true),
            ("/web", "web", true), ("bücher", "bücher", false), (String(repeating: "a", count: 80), nil, false),
            ("/DC/" + String(repeating: "a", count: 80), nil, true),
        ])
    func machines(text: String, name: String?, isPath: Bool) throws {
        let machine = try #require(VMName(text))
        #expect(machine.text == text && machine.isPath == isPath)
        if let name { #expect(machine.name == name) }
    }

    @Test(
        "A refused machine says why",
        arguments: [
            ("", VMName.rule), ("/", VMName.rule), ("/DC/", VMName.rule), ("/DC//web", VMName.rule),
            ("a\nb", VMName.rule),
            ("a\u{0}", VMName.rule), (" a", VMName.rule), ("a ", VMName.rule), ("DC/vm/web", "write /DC/vm/web"),
            (String(repeating: "a", count: 81), "81 bytes"), ("/DC/" + String(repeating: "é", count: 41), "82 bytes"),
            (String(repeating: "/a", count: 3000), VMName.rule), ("a\u{85}b", VMName.rule),
        ])
    func refusedMachines(text: String, words: String) throws {
        let complaint = try #require(VMName.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "A user is a line of at most 104 characters",
        arguments: [
            ("root", true), ("SHOP\\deploy", true), ("deploy@shop.example", true), ("Jörg Müller", true),
            (String(repeating: "é", count: 104), true), (String(repeating: "é", count: 105), false), ("", false),
            ("a\tb", false), ("root\n", false), (" root", false), ("a\u{7F}", false),
        ])
    func users(text: String, isLegal: Bool) {
        #expect(UserName(text)?.text == (isLegal ? text : nil))
    }

    @Test(
        "A vCenter is a host, with a scheme and a port at will",
        arguments: [
            ("https://vc.example.com", true, "vc.example.com", nil), ("vc.example.com", true, "vc.example.com", nil),
            ("VC:8443", true, "vc", 8443), ("https://10.0.0.5:443/sdk", true, "10.0.0.5", 443),
            ("https://[2001:db8::1]:8443/sdk", true, "2001:db8::1", 8443), ("[::1]", true, "::1", nil),
            ("HTTP://vc/", false, "vc", nil), ("https://vc.", true, "vc.", nil),
        ] as [(String, Bool, String, PortNumber?)])
    func servers(text: String, usesTLS: Bool, host: String, port: PortNumber?) throws {
        let url = try #require(VCenterURL(text))
        #expect(url.text == text && url.usesTLS == usesTLS && url.host == host && url.port == port)
        #expect((VCenterURL.remark(on: text) == nil) == usesTLS)
    }

    @Test(
        "A refused vCenter says why",
        arguments: [
            ("", VCenterURL.rule), ("https://", VCenterURL.rule), ("ftp://vc", "'ftp' is not https"),
            ("https://vc:port", "'port': a port is"), ("https://vc:", "a port is"), ("https://vc:0", "a port is"),
            ("https://a_b", "'a_b' is no host name"), ("https://vc?x", "query"), ("https://vc#x", "fragment"),
            ("https://[10.0.0.1]", "no IPv6 address"), ("https://[::1", VCenterURL.rule), ("[::1]x", VCenterURL.rule),
            ("v c", VCenterURL.rule), ("https://vc\n", VCenterURL.rule), ("2001:db8::1", "'2001' is no host name"),
            ("https://vc/" + String(repeating: "x", count: 2048), VCenterURL.rule),
        ])
    func refusedServers(text: String, words: String) throws {
        let complaint = try #require(VCenterURL.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "Credentials in a URL are refused and not quoted",
        arguments: ["https://root:hunter2@vc", "root:hunter2@vc", "@"])
    func credentials(text: String) {
        let flaw = #expect(throws: TunableFlaw.self) { try VCenterURL.read(text) }
        #expect(flaw?.hidesValue == true)
        #expect(flaw?.hint == "credentials belong in GOVC_USERNAME and GOVC_PASSWORD")
        #expect(flaw?.message?.contains("hunter2") == false)
    }

    @Test(
        "A path names a file",
        arguments: [
            ("/tmp/cloud_config.yml", true), ("/a", true), ("/with space/x", true),
            ("/" + String(repeating: "x", count: 4094), true),
            ("/" + String(repeating: "x", count: 4095), false), ("", false), ("/", false), ("/a/", false),
            ("a/b", false),
            ("~/.aws/credentials", false), ("/a\u{0}", false), ("/a ", false),
        ])
    func paths(text: String, isLegal: Bool) {
        #expect(AbsolutePath(text)?.text == (isLegal ? text : nil))
    }

    @Test("A path from home says what to write")
    func home() {
        #expect(AbsolutePath.complaint(about: "~/.aws/credentials")?.contains("write the path from / on") == true)
    }
}
