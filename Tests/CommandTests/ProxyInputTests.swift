import FaultLabTestSupport
import Testing

/// What is wrong with the words is said at once, on standard error, and nothing is opened.
@Suite struct ProxyInputTests {
    /// Words that cannot be right beside a listener and an upstream that are, and what is said about them.
    static let wrong: [(words: [String], complaints: [String])] = [
        (["--seed", "-1"], ["--seed -1: a seed is a whole number"]),
        (["--seed", "x"], ["--seed x: "]),
        (["--seed", "+5"], ["--seed +5: "]),
        (["--seed", "\u{202E}5"], ["--seed \u{FFFD}5: "]),
        (["--duration", "0"], ["--duration 0: "]),
        (["--recognition", "http"], ["--recognition http: write http1, or off"]),
        (["--duration", "0x10"], ["--duration 0x10: "]),
        (["--duration", "+5"], ["--duration +5: "]),
        (["--duration", "1e3"], ["--duration 1e3: "]),
        (["--duration", "0.00000000000000000001"], ["--duration 0.0"]),
        (["--duration", "\u{1B}[2J"], ["--duration \u{FFFD}[2J: "]),
        (["--duration", "nan"], ["--duration nan: "]),
        (["--duration", "1e99"], ["--duration 1e99: "]),
        (["--fault"], ["--fault wants a value"]),
        (["--nonsense", "--worse"], ["\"--nonsense\"", "\"--worse\""]),
        (["--listen", "127.0.0.1:0"], ["--listen is given twice"]),
        (["--set", "TOXICITY=5"], ["--set TOXICITY: write it behind the --fault"]),
        (["--fault", "pod-http-reset-peer", "--set", "TOXICITY"], ["--set TOXICITY: write KEY=VALUE"]),
        (["--fault", "pod-http-reset-peer", "--set", "TOXICTY=5"], ["TOXICTY", "TOXICITY"]),
        (["--fault", "pod-http-reset-peer", "--edition", "first"], ["--edition first: ", "current"]),
        (["--fault", "pod-http-reset-peer", "--edition=current", "--edition=current"], ["has one already"]),
        (["--edition", "current"], ["--edition current: write it behind the --fault"]),
        (["--fault", "pod-http-reset-pear"], ["--fault pod-http-reset-pear", "did you mean pod-http-reset-peer?"]),
        (["--fault", "qqq"], ["--fault qqq", "known are pod-http-reset-peer"]),
        (["stray"], ["\"stray\" belongs to no option"]),
        (
            ["--fault", "pod-http-reset-peer", "--set", "TOXICITY=101", "--set", "RESET_TIMEOUT=soon", "--seed", "?"],
            ["TOXICITY=101", "RESET_TIMEOUT=soon", "--seed ?"]
        ),
        (
            [
                "--fault", "pod-http-reset-peer", "--set", "TOXICITY=-1", "--fault", "pod-http-reset-peer", "--set",
                "X=1",
            ],
            ["TOXICITY=-1", "error: X: pod-http-reset-peer has no such tunable"]
        ),
    ]

    @Test(arguments: wrong.indices) func everyMistakeIsNamed(index: Int) async throws {
        let (words, complaints) = Self.wrong[index]
        let proxy = ["proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:9"]
        let ending = try await run(try Faultlab.path, proxy + words)
        #expect(ending.code == 2)
        #expect(ending.output == "")
        for complaint in complaints { #expect(ending.errors.contains(complaint), "\(words)") }
        let lines = ending.errors.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("error: ") }, "\(ending.errors)")
    }

    @Test(arguments: [
        (["proxy"], ["--listen HOST:PORT is missing", "--upstream HOST:PORT is missing"]),
        (
            ["proxy", "--listen", "nonsense", "--upstream", "127.0.0.1:0"],
            ["--listen nonsense: ", "--upstream 127.0.0.1:0"]
        ),
        (
            ["proxy", "--listen", "[::1", "--upstream", "127.0.0.1:99999"],
            ["--listen [::1: ", "--upstream 127.0.0.1:99999"]
        ),
        (
            ["proxy", "--listen", "127.0.0.1:9", "--upstream", "127.0.0.1:9"],
            ["--upstream 127.0.0.1:9: the proxy listens there itself"]
        ),
        (
            ["proxy", "--listen=0.0.0.0:9", "--upstream=127.0.0.1:9", "--seed=x"],
            ["--upstream 127.0.0.1:9: the proxy listens there itself", "--seed x: "]
        ),
        (["proxy", "--listen", "127.0.0.1:0", "--upstream", "http://127.0.0.1:9"], ["without scheme and path"]),
        (
            ["proxy", "--listen", "\u{1B}[2J", "--upstream", "\u{9B}2J:0"],
            ["--listen \u{FFFD}[2J: ", "--upstream \u{FFFD}2J"]
        ),
        (["prxy"], ["there is no command \"prxy\""]),
        (["\u{9B}2J"], [#"there is no command "\u{9b}2J""#]),
        ([], ["usage: faultlab faults", "faultlab proxy --listen"]),
    ])
    func addressesAndCommandsAreJudgedToo(words: [String], complaints: [String]) async throws {
        let ending = try await run(try Faultlab.path, words)
        #expect(ending.code == 2)
        #expect(ending.output == "")
        for complaint in complaints { #expect(ending.errors.contains(complaint), "\(ending.errors)") }
    }

    @Test func aPortInUseIsNotShared() async throws {
        let holder = BoundSocket(listening: true, backlog: 8)
        let words = ["proxy", "--listen", "127.0.0.1:\(holder.port)", "--upstream", "127.0.0.1:9", "--duration", "5"]
        let ending = try await run(try Faultlab.path, words)
        withExtendedLifetime(holder) {}
        #expect(ending.code == 3)
        #expect(ending.output == "")
        #expect(ending.errors.hasPrefix("error: "))
        #expect(ending.errors.contains("127.0.0.1:\(holder.port): Address already in use"))
    }

    @Test func aPortOfAnotherProxyIsNotShared() async throws {
        // The threads of a proxy share its port, which must not make it open to the threads of another one.
        let server = RawServer.http()
        try await Faultlab.withProxy(upstream: server) { proxy in
            let words = [
                "proxy", "--listen", "127.0.0.1:\(proxy.port)", "--upstream", "127.0.0.1:9", "--duration", "5",
            ]
            let ending = try await run(try Faultlab.path, words)
            #expect(ending.code == 3)
            #expect(ending.output == "")
            #expect(ending.errors.contains("Address already in use"))
            for _ in 0..<20 {
                let outcome = try await fetch("/", port: proxy.port)
                #expect(outcome.text == "xx")
            }
        }
    }

    @Test func anEventFileThatCannotBeWrittenEndsIt() async throws {
        let words = [
            "proxy", "--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:9", "--events", "/nowhere/events",
            "--duration",
            "5",
        ]
        let ending = try await run(try Faultlab.path, words)
        #expect(ending.code == 3)
        #expect(ending.output == "")
        #expect(ending.errors.contains("--events /nowhere/events: No such file or directory"))
    }

    @Test func tunablesWithoutMeaningAreNamed() async throws {
        let server = RawServer.http()
        let words = [
            "--fault", "pod-http-reset-peer", "--set", "NETWORK_INTERFACE=eth1", "--set", "TARGET_PODS=a,b", "--set",
            "TOXICITY=100", "--duration", "0.1",
        ]
        try await Faultlab.withProxy(upstream: server, words) { proxy in
            let ending = try #require(try await proxy.child.ending())
            #expect(ending.code == 0)
            let notes = ending.errors.split(separator: "\n").filter { $0.contains("no meaning for a local proxy") }
            #expect(notes.count == 1)
            #expect(notes.first?.contains("NETWORK_INTERFACE") == true)
            #expect(notes.first?.contains("TARGET_PODS") == true)
            #expect(notes.first?.contains("TOXICITY") == false)
        }
    }
}
