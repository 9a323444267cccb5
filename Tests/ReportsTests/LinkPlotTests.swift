import FaultLabTestSupport
import FaultModel
import Reports
import Testing
import TrafficShaping

@Suite struct LinkPlotTests {
    /// Reads a picture as XML, and checks every number of every path and place against the view box.
    private static let check = """
        import re, sys, xml.etree.ElementTree as xml
        root = xml.parse(sys.argv[1]).getroot()
        svg = "{http://www.w3.org/2000/svg}"
        assert root.tag == svg + "svg" and root.get("role") == "img", root.attrib
        _, _, width, height = map(float, root.get("viewBox").split())
        assert root.find(svg + "title").text and root.find(svg + "desc").text
        names = {element.tag.removeprefix(svg) for element in root.iter()}
        assert names <= {"svg", "title", "desc", "style", "rect", "text", "path"}, names
        def inside(number, end): assert -10 <= number <= end, (number, end)
        for element in root.iter():
            for key in ("x", "width"):
                if element.get(key, "0") != "100%": inside(float(element.get(key, "0")), width)
            for key in ("y", "height"):
                if element.get(key, "0") != "100%": inside(float(element.get(key, "0")), height)
            path = element.get("d", "")
            rest = re.sub(r"-?[0-9]+([.][0-9])?", "", path)
            assert set(rest) <= set("MHVLlhvz "), rest
            for command, numbers in re.findall(r"([MHV])([-0-9. ]*)", path):
                numbers = [float(number) for number in numbers.split()]
                across = {"M": numbers[:1], "H": numbers, "V": []}[command]
                down = {"M": numbers[1:], "H": [], "V": numbers}[command]
                for number in across: inside(number, width)
                for number in down: inside(number, height)
        print("\\n".join(element.text for element in root.iter(svg + "text")))
        """

    /// The words in a picture, after it was checked.
    private static func words(in traffic: SampleTraffic) async throws -> [String] {
        let seen = traffic.seen
        let picture = LinkPlot(seen.timeline, seen.summary, traffic.configuration).svg
        let python = try await Python.run(check, on: picture)
        #expect(python.code == 0, "\(python.errors)\n\(picture)")
        return python.output.split(separator: "\n").map(String.init)
    }

    @Test(arguments: try SampleTraffic.all) func everyPictureIsWellFormed(traffic: SampleTraffic) async throws {
        let words = try await Self.words(in: traffic)
        #expect(words.contains { $0.hasPrefix("Throughput in ") })
        #expect(words.contains { $0.hasPrefix("Queue in ") })
        #expect(words.contains { $0.hasPrefix("Time since the first packet, in ") })
        // Both scales have a number beside their 0.
        #expect(words.filter { Double($0) != nil }.count >= 5, "\(words)")
    }

    @Test func dropsAreCounted() async throws {
        let traffic = try #require(try SampleTraffic.all.first { $0.name == "drops" })
        let seen = traffic.seen
        let words = try await Self.words(in: traffic)
        #expect(words.contains("packets dropped"))
        // The counts stand before the numbers of no axis: they are the whole numbers behind the legend.
        let legend = try #require(words.firstIndex(of: "packets dropped"))
        let counts = words[(legend + 1)...].compactMap { UInt64($0) }
        #expect(counts.reduce(0, +) == seen.summary.droppedAtLimit.packets)
    }

    @Test func aPictureOfNothingSaysSo() async throws {
        let words = try await Self.words(in: try SampleTraffic("nothing", .megabits(1), []))
        #expect(words.contains("No packets"))
        #expect(words.contains("no packets"))
    }

    @Test func whatIsCutOffIsNamed() async throws {
        // All of it arrives within a hundredth of a second.
        let words = try await Self.words(
            in: try SampleTraffic("a file", .megabits(1), SampleTraffic.steady(700, every: 12_112)))
        #expect(words.contains { $0.hasPrefix("cut off above: up to ") })
        let below = try await Self.words(
            in: try SampleTraffic("below", .gigabits(1), SampleTraffic.steady(100, every: 12_112_000)))
        #expect(below.contains("cap 1 Gbit/s, above the picture"))
    }

    @Test func aLongTraceMakesNoLargerPicture() throws {
        let traffic = try SampleTraffic("long", .megabits(1), SampleTraffic.steady(20_000, every: 60_000_000))
        let seen = traffic.seen
        #expect(LinkPlot(seen.timeline, seen.summary, traffic.configuration).svg.utf8.count < 40_000)
    }

    @Test func thePictureStandsAlone() throws {
        for traffic in try SampleTraffic.all {
            let seen = traffic.seen
            let picture = LinkPlot(seen.timeline, seen.summary, traffic.configuration).svg
            #expect(picture.contains("prefers-color-scheme: dark"))
            for word in ["<script", "href", "url(", "@import", "nan", "inf"] {
                #expect(!picture.contains(word), "\(word)")
            }
        }
    }
}
