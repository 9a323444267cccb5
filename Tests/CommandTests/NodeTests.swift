import FaultLab
import FaultLabTestSupport
import Testing

/// Node's `http` with an agent that keeps connections.
@Suite(.requires("node")) struct NodeTests {
    /// Asks one after another through one agent and prints what each call was told.
    private static let script = """
        const http = require('http');
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        const get = (target) => new Promise((resolve) => {
          const options = { host: '127.0.0.1', port: Number(process.argv[1]), path: target, agent, timeout: 20000 };
          http.get(options, (answer) => {
            let count = 0;
            answer.on('data', (bytes) => { count += bytes.length; });
            answer.on('end', () => resolve(`${answer.statusCode} ${count}`));
            answer.on('error', (error) => resolve(error.code));
          }).on('error', (error) => resolve(error.code));
        });
        (async () => {
          for (const size of [0, 1, 10000, 3000000]) console.log(await get('/' + size));
          agent.destroy();
        })();
        """

    private func node(_ lab: Lab) async throws -> ChildProcess.Ending {
        try await run(try RealProgram.require("node"), ["-e", Self.script, String(lab.port)])
    }

    @Test func anAgentReusesItsConnection() async throws {
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            let ending = try await node(lab)
            #expect(ending.output == "200 0\n200 1\n200 10000\n200 3000000\n", "\(ending.errors)")
            try await lab.settle()
            #expect(lab.log.tally.connections == 1)
        }
    }

    @Test func aResetIsECONNRESETAndTheAgentGoesOn() async throws {
        try await withLab(serving: Bodies.serve, faults: [PodHTTPResetPeer(choosing: .ordinals([2]))]) { lab in
            let ending = try await node(lab)
            #expect(ending.output == "200 0\nECONNRESET\n200 10000\n200 3000000\n", "\(ending.errors)")
            try await lab.settle()
            #expect(lab.log.tally.connections == 2)
            #expect(lab.log.tally.requests == 4)
        }
    }
}
