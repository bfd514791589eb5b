import Testing

@testable import LanguageModel

@Suite("JSONParser")
struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONParser.parse(Array(text.utf8))
    }

    @Test("every kind of value is read, in order")
    func values() throws {
        let value = try parse(#" {"b": [1, -2.5e1, true, null], "a": "x\n\u00e9\ud83d\ude00"} "#)
        let list = JSONValue.array([.integer(1), .number(-25), .bool(true), .null])
        #expect(value == .object([.init("b", list), .init("a", .string("x\né😀"))]))
    }

    @Test("writing and reading again gives the same document", arguments: [true, false])
    func roundTrip(pretty: Bool) throws {
        let value = try parse(#"{"a":[],"b":{},"c":[{"d":"\"\\\u0001\u001f\t é"},[1,[2.5]]],"":9223372036854775807}"#)
        #expect(try JSONParser.parse(value.text(pretty: pretty)) == value)
    }

    @Test(
        "what is not strict JSON is refused",
        arguments: [
            "", " ", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "01", "-", "1.", "1e", "+1", ".5", "tru", "nul", "\"",
            "\"\\x\"",
            "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "1 2", "{}x", "1e999", "NaN", "[1}",
        ])
    func refuses(text: String) {
        #expect(throws: JSONSyntaxError.self) { try parse(text) }
    }

    @Test("a name that stands twice is refused, and the message says where")
    func duplicateName() {
        #expect(throws: JSONSyntaxError(line: 2, offset: 12, reason: "the name “a” appears twice in one object")) {
            try parse("{\"a\": 1,\n\"a\": 2}")
        }
    }

    @Test("bytes that are not UTF-8 are refused")
    func invalidUTF8() {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    }

    @Test("deep nesting is refused instead of exhausting the stack")
    func deepNesting() throws {
        #expect(throws: JSONSyntaxError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
        _ = try parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
    }
}
