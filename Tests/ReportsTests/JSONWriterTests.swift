import Reports
import Testing

@Suite struct JSONWriterTests {
    private static func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("none", nil as String?)
            object.member("some", "a\"b" as String?)
            object.member("list", ["a", "b"])
            object.member("empty", [String]())
            object.key("inner")
            object.object { _ in }
            object.key("nulls")
            object.array { list in
                list.null()
                list.null()
            }
        }
    }

    @Test func oneLineHasNoSpaces() {
        var writer = JSONWriter()
        Self.write(to: &writer)
        #expect(
            writer.text
                == #"{"none":null,"some":"a\"b","list":["a","b"],"empty":[],"inner":{},"nulls":[null,null]}"#)
    }

    @Test func indentedTextHasALineForEachMember() {
        var writer = JSONWriter(isIndented: true)
        Self.write(to: &writer)
        let expected = #"""
            {
              "none": null,
              "some": "a\"b",
              "list": [
                "a",
                "b"
              ],
              "empty": [],
              "inner": {},
              "nulls": [
                null,
                null
              ]
            }
            """#
        #expect(writer.text == expected)
    }
}
