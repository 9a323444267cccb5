import FaultLab
import FaultLabTestSupport
import Testing

/// Java's `HttpClient`, which offers HTTP/2 by an upgrade and repeats a GET once.
@Suite(.requires("java")) struct JavaTests {
    private static let program = """
        import java.net.URI;
        import java.net.http.*;
        import java.time.Duration;

        class Ask {
          public static void main(String[] words) throws Exception {
            var client = HttpClient.newHttpClient();
            for (int size : new int[] {0, 1, 10000, 3000000}) {
              var uri = URI.create("http://127.0.0.1:" + words[0] + "/" + size);
              var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
              try {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                System.out.println(answer.statusCode() + " " + answer.body().length);
              } catch (java.io.IOException error) {
                System.out.println("failed");
              }
            }
          }
        }
        """

    private func java(_ lab: Lab) async throws -> ChildProcess.Ending {
        try await withTemporaryFolder { folder in
            try folder.write(Self.program, to: "Ask.java")
            return try await run(
                try RealProgram.require("java"),
                ["-XX:TieredStopAtLevel=1", folder.path(of: "Ask.java"), "\(lab.port)"])
        }
    }

    @Test func bodiesArriveWholeOnOneConnection() async throws {
        try await withLab(serving: Bodies.serve, faults: [sparing]) { lab in
            let ending = try await java(lab)
            #expect(ending.output == "200 0\n200 1\n200 10000\n200 3000000\n", "\(ending.errors)")
            try await lab.settle()
            #expect(lab.log.tally.connections == 1)
            #expect(lab.log.tally.answered == 4)
        }
    }

    @Test func aGETThatIsResetIsRepeatedOnce() async throws {
        try await withLab(serving: Bodies.serve, faults: [PodHTTPResetPeer(choosing: .first(2))]) { lab in
            let ending = try await java(lab)
            #expect(ending.output == "failed\n200 1\n200 10000\n200 3000000\n", "\(ending.errors)")
            try await lab.settle()
            #expect(lab.log.record.requests.prefix(3).map(\.line.target) == ["/0", "/0", "/1"])
            #expect(lab.log.tally.resets == 2)
        }
    }
}
