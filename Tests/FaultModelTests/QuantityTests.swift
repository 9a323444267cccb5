import FaultModel
import Testing

@Suite("Quantities hold right values only")
struct QuantityTests {
    @Test("A port is 1 to 65535", arguments: [(0, false), (1, true), (65535, true), (65536, false), (-1, false)])
    func port(number: Int, isLegal: Bool) {
        #expect((PortNumber(number) != nil) == isLegal)
    }

    @Test(
        "An interface name keeps the kernel's rule",
        arguments: [
            ("eth0", true), ("ens160", true), ("a", true), ("fifteen-bytes-x", true), ("br-é", true), ("...", true),
            ("", false), ("sixteen-bytes-xy", false), (".", false), ("..", false), ("eth0/1", false), ("eth0:1", false),
            ("eth 0", false), ("eth0\n", false), ("\u{0}", false), ("eth\u{7F}", false),
        ])
    func interfaceName(text: String, isLegal: Bool) {
        #expect(InterfaceName(text)?.text == (isLegal ? text : nil))
    }

    @Test(
        "A pod name is a DNS subdomain",
        arguments: [
            ("web-0", true), ("a.b-c.9", true), ("0", true), (String(repeating: "a", count: 253), true),
            ("", false), ("Web-0", false), ("-web", false), ("web-", false), ("a..b", false), (".a", false),
            ("a.", false),
            ("a_b", false), ("a b", false), ("é", false), ("a.-b", false), (String(repeating: "a", count: 254), false),
        ])
    func podName(text: String, isLegal: Bool) {
        #expect(PodName(text)?.text == (isLegal ? text : nil))
    }

    @Test(
        "A container name is a DNS label",
        arguments: [
            ("app", true), ("istio-proxy", true), (String(repeating: "a", count: 63), true),
            ("", false), ("a.b", false), ("App", false), ("-a", false), (String(repeating: "a", count: 64), false),
        ])
    func containerName(text: String, isLegal: Bool) {
        #expect(ContainerName(text)?.text == (isLegal ? text : nil))
    }

    @Test(
        "A socket path is absolute and fits the kernel's 107 bytes",
        arguments: [
            ("/run/containerd/containerd.sock", true), ("/s", true), ("/" + String(repeating: "x", count: 106), true),
            ("/with space/s.sock", true),
            ("", false), ("/", false), ("run/s.sock", false), ("/run/", false), ("/a\u{0}b", false),
            ("/" + String(repeating: "x", count: 107), false), ("/" + String(repeating: "é", count: 54), false),
            ("unix:///run/s.sock", false),
        ])
    func socketPath(text: String, isLegal: Bool) {
        #expect(UnixSocketPath(text)?.text == (isLegal ? text : nil))
    }

    @Test("Every runtime listens somewhere else")
    func runtimeSockets() {
        let paths = ContainerRuntime.allCases.map(\.standardSocketPath.text)
        #expect(
            paths == ["/run/containerd/containerd.sock", "/var/run/docker.sock", "/var/run/crio/crio.sock"])
    }

    @Test("A wrong literal stops the program")
    func literals() async {
        await #expect(processExitsWith: .failure) { _ = 0 as PortNumber }
        await #expect(processExitsWith: .failure) { _ = 65536 as PortNumber }
        await #expect(processExitsWith: .failure) { _ = 101 as Percentage }
        await #expect(processExitsWith: .failure) { _ = "eth 0" as InterfaceName }
        await #expect(processExitsWith: .failure) { _ = "Web" as PodName }
        await #expect(processExitsWith: .failure) { _ = "a.b" as ContainerName }
        await #expect(processExitsWith: .failure) { _ = "a in b" as LabelSelector }
        await #expect(processExitsWith: .failure) { _ = "run/s.sock" as UnixSocketPath }
    }

    @Test("A wrong choice stops the program")
    func choices() async {
        await #expect(processExitsWith: .failure) { _ = RequestChoice.first(-1) }
        await #expect(processExitsWith: .failure) { _ = RequestChoice.every(0) }
        await #expect(processExitsWith: .failure) { _ = RequestChoice.ordinals([1, 0]) }
        await #expect(processExitsWith: .failure) { _ = ResetOptions(responsePrefix: -1) }
    }

    @Test("A right literal does not stop the program")
    func rightLiterals() async {
        await #expect(processExitsWith: .success) {
            _ = (1 as PortNumber, 100 as Percentage, "eth0" as InterfaceName, "web-0.a" as PodName)
            _ = ("app" as ContainerName, "zone=eu,!spot" as LabelSelector, "/run/s.sock" as UnixSocketPath)
            _ = (RequestChoice.first(0), RequestChoice.every(1), RequestChoice.ordinals([]))
        }
    }
}
