import FaultModel
import Testing

@Suite("Addresses, hosts and destinations")
struct NetworkQuantityTests {
    @Test(
        "An address has one canonical text",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
            ("::1", "::1"), ("2001:DB8::1", "2001:db8::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:0db8::0001", "2001:db8::1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1::", "1::"),
            ("0:0:0:0:0:0:0:0", "::"), ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("::FFFF:102:304", "::ffff:1.2.3.4"),
            ("64:ff9b::1.2.3.4", "64:ff9b::102:304"), ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ])
    func addresses(text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.text == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(IPAddress(bytes: address.bytes) == address)
    }

    @Test(
        "A refused address",
        arguments: [
            "", ".", "1.2.3", "1.2.3.4.5", "1.2.3.", "1..3.4", "256.1.1.1", "010.0.0.1", "00.0.0.0", "0x7f.0.0.1",
            "1.2.3.4 ",
            "127.1", ":", ":::", "1::2::3", "::1%eth0", "12345::", "g::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3", "1:", ":1", "[::1]",
            "[::1]:80",
            "10.0.0.1:80", "-1.0.0.0", "٣.0.0.1", "1.2.3.99999999999999999999", "1:2:3:4:5:6:7:8.8.8.8",
        ])
    func refusedAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "A block has one canonical text",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("10.0.0.1/32", "10.0.0.1"), ("10.1.2.3/8", "10.0.0.0/8"),
            ("1.2.3.4/0", "0.0.0.0/0"),
            ("192.168.1.129/25", "192.168.1.128/25"), ("2001:db8::1/32", "2001:db8::/32"), ("::1/128", "::1"),
            ("ff::/0", "::/0"), ("2001:db8::ffff/127", "2001:db8::fffe/127"), ("10.0.0.0/08", "10.0.0.0/8"),
        ])
    func blocks(text: String, canonical: String) throws {
        let block = try #require(IPNetwork(text))
        #expect(block.text == canonical)
        #expect(IPNetwork(canonical) == block)
    }

    @Test(
        "A refused block says what to write",
        arguments: [
            ("10.0.0.0/33", "the largest is 32"), ("::/129", "the largest is 128"), ("10.0.0.0/", "0 to 32"),
            ("10.0.0.0/255.0.0.0", "0 to 32"), ("10.0.0.0/-1", "0 to 32"), ("/8", IPNetwork.rule),
            ("db.example.com", "write host names in DESTINATION_HOSTS"), ("010.0.0.1", "octal"),
            ("fe80::1%eth0", "write fe80::1"), ("10.0.0.1:80", "write 10.0.0.1, and ports behind '|'"),
            ("[::1]:80", "write ::1, and ports"), ("1::2::3", "more than once"), ("10.0.0.256", "more than 255"),
        ])
    func refusedBlocks(text: String, words: String) throws {
        let complaint = try #require(IPNetwork.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test("A block whose bits do not all count is noted")
    func blockNotes() {
        #expect(IPNetwork.remark(on: "10.1.2.3/8") == "read as 10.0.0.0/8")
        #expect(IPNetwork.remark(on: "10.0.0.0/8") == nil)
        #expect(IPNetwork.remark(on: "10.0.0.1") == nil)
    }

    @Test(
        "A block contains the addresses that share its prefix",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "10.0.0.1", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false),
            ("::ffff:10.0.0.0/104", "10.0.0.1", false),
        ] as [(IPNetwork, IPAddress, Bool)])
    func contains(block: IPNetwork, address: IPAddress, isInside: Bool) {
        #expect(block.contains(address) == isInside)
    }

    @Test(
        "A host name is RFC 1123's",
        arguments: [
            ("db", "db"), ("Payments.Example.COM", "payments.example.com"), ("a.b.", "a.b"), ("3com.com", "3com.com"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("1.2.3.4.example", "1.2.3.4.example"),
            (String(repeating: "a", count: 63), String(repeating: "a", count: 63)),
        ])
    func hosts(text: String, canonical: String) {
        #expect(HostName(text)?.text == canonical)
        #expect(HostName(canonical)?.text == canonical)
    }

    @Test(
        "A refused host name says what to write",
        arguments: [
            ("10.0.0.1", "write addresses in DESTINATION_IPS"), ("10.0.0.0/8", "DESTINATION_IPS"),
            ("::1", "DESTINATION_IPS"),
            ("https://db.example/x", "write the host alone, db.example"), ("db:5432", "ports behind '|'"),
            ("*.example.com", "pattern"), ("bücher.example", "xn--"), ("1.2.3.256", "does not end in a number"),
            ("42", "does not end in a number"), ("", HostName.rule), (".", HostName.rule), ("a..b", HostName.rule),
            ("a_b", HostName.rule), ("-a", HostName.rule), ("a-", HostName.rule), ("a b", HostName.rule),
            (String(repeating: "a", count: 64), HostName.rule),
            (String(repeating: "a.", count: 127) + "a", "255 bytes"),
        ])
    func refusedHosts(text: String, words: String) throws {
        let complaint = try #require(HostName.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "A password before a host is not quoted",
        arguments: [
            "https://root:hunter2@db.example", "root:hunter2@db.example",
            "root:hunter2@" + String(repeating: "a.", count: 127) + "a",
        ])
    func hostWithPassword(text: String) throws {
        let flaw = #expect(throws: TunableFlaw.self) { try HostName.read(text) }
        #expect(flaw?.hidesValue == true)
        #expect("\(flaw?.message ?? "")\(flaw?.hint ?? "")".contains("hunter2") == false)
    }

    @Test(
        "A destination is a place and its ports",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8", []), ("10.0.0.1|80", "10.0.0.1|80", [80]),
            ("10.1.2.3/8|443|80|443", "10.0.0.0/8|80|443", [80, 443]), ("::1|65535", "::1|65535", [65535]),
        ])
    func destinations(text: String, canonical: String, ports: [PortNumber]) throws {
        let destination = try #require(Destination<IPNetwork>(text))
        #expect(destination.text == canonical)
        #expect(destination.ports == ports)
        #expect(Destination(canonical) == destination)
    }

    @Test(
        "A refused destination names the part that is wrong",
        arguments: [
            ("|80", HostName.rule), ("db|", "a port is missing"), ("db||80", "a port is missing"),
            ("db|0", "'0': a port is a whole number"), ("db|http", "'http': a port"), ("db|80,443", "'80,443'"),
            ("10.0.0.1|80", "DESTINATION_IPS"),
        ])
    func refusedDestinations(text: String, words: String) throws {
        let complaint = try #require(Destination<HostName>.complaint(about: text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test(
        "An interface is named, or the one of the default route",
        arguments: [("auto", .auto), ("eth0", .named("eth0")), ("Auto", .named("Auto")), ("eth 0", nil), ("", nil)]
            as [(String, InterfaceSelection?)])
    func interfaces(text: String, selection: InterfaceSelection?) {
        #expect(InterfaceSelection(text) == selection)
        #expect(selection?.text == (selection == nil ? nil : text))
    }

    @Test("The word for the default route is no name")
    func auto() {
        #expect(InterfaceSelection.named("auto") == .auto)
        #expect(InterfaceSelection.auto.name == nil)
        #expect(InterfaceSelection.remark(on: "Auto")?.contains("write auto") == true)
        #expect(InterfaceSelection.remark(on: "auto") == nil)
        #expect(InterfaceSelection.remark(on: "eth0") == nil)
    }
}
