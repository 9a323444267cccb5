import FaultLabTestSupport
import FaultModel
import Foundation
import Reports
import Testing

@Suite struct FaultCatalogJSONTests {
    @Test func theNamesAndTheirOrderAreTheContract() throws {
        let text = FaultCatalogJSON([SampleFault.current]).text
        let start = """
            [
              {
                "name": "sample-wait",
                "edition": "current",
                "title": "Sample wait",
                "tunables": [
                  {
                    "key": "HOST",
                    "default": null,
                    "required": true,
                    "unit": null,
                    "type": "container name",
                    "group": "Target",
                    "description": "The host, as name|port.",

            """
        #expect(text.hasPrefix(start), "\(text.prefix(600))")
        let wait = """
                    "key": "WAIT",
                    "default": "10000",
                    "required": false,
                    "unit": "milliseconds",
                    "type": "duration",
                    "group": "Wait",
                    "description": "The wait.",

            """
        #expect(text.contains(wait))
    }

    @Test(.requires("python3"), arguments: allDocuments.indices)
    func everyDocumentIsComplete(index: Int) async throws {
        let document = allDocuments[index]
        let text = try await Python.normalized(FaultCatalogJSON([document]).text)
        let list = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let object = try #require(list.first)
        #expect(list.count == 1)
        #expect(object["name"] as? String == document.id)
        #expect(object["edition"] as? String == document.edition.name)
        let tunables = try #require(object["tunables"] as? [[String: Any]])
        #expect(tunables.map { $0["key"] as? String } == document.rows.map(\.key))
        #expect(tunables.map { $0["default"] as? String } == document.rows.map(\.defaultText))
        #expect(tunables.map { $0["required"] as? Bool } == document.rows.map(\.isRequired))
        #expect(tunables.map { $0["unit"] as? String } == document.rows.map(\.unit))
        #expect(tunables.allSatisfy { ($0["description"] as? String)?.isEmpty == false })
    }
}
