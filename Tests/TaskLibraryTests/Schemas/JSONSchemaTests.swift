import Autodidact
import Testing

@testable import TaskLibrary

@Suite("JSON schemas")
struct JSONSchemaTests {
    /// The schema of a text in which `@` stands for the sign that would end a literal.
    private static func node(_ text: String) throws -> JSONNode {
        try JSONNodeReader.read(text.replacing("@", with: "#"), keepsNumbers: true)
    }

    private static let list =
        #"{"$defs": {"l": {"anyOf": [{"type": "null"}, {"type": "array", "prefixItems": [true, {"$ref": "@/$defs/l"}], "#
        + #""items": false, "minItems": 2}]}}, "$ref": "@/$defs/l"}"#

    /// A schema, values that it allows, and values that it does not.
    static let cases: [(schema: String, right: [String], wrong: [String])] = [
        ("true", ["1", "null"], []), ("false", [], ["1", "null"]), ("{}", ["1", "[]"], []),
        (#"{"type": "integer"}"#, ["1", "3.0", "-2e2", "1e40"], ["1.5", "\"1\"", "true", "null", "1e-1"]),
        (#"{"type": ["string", "null"]}"#, ["\"a\"", "null"], ["1", "[]", "{}"]), (#"{"type": "number"}"#, ["1.5", "1"], ["\"1\""]),
        (#"{"type": "boolean"}"#, ["true"], ["0"]),
        (#"{"enum": [1, "a", {"b": [2.0]}]}"#, ["1.0", "\"a\"", #"{"b": [2]}"#, "10e-1"], ["2", "\"A\"", #"{"b": 2}"#, "true"]),
        (#"{"const": "é"}"#, ["\"é\"", #""\u00e9""#], [#""e\u0301""#]), (#"{"const": null}"#, ["null"], ["0", "false"]),
        (
            #"{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": false}"#,
            [#"{"a": 1}"#], ["{}", #"{"a": "1"}"#, #"{"a": 1, "b": 2}"#, "[]"]
        ),
        (#"{"properties": {"a": false}}"#, ["{}", "3", #"{"b": 1}"#], [#"{"a": 1}"#]),
        (#"{"additionalProperties": {"type": "string"}}"#, ["{}", #"{"x": "1"}"#], [#"{"x": 1}"#]),
        (#"{"minProperties": 1, "maxProperties": 2}"#, [#"{"a": 1}"#, "[]"], ["{}", #"{"a": 1, "b": 2, "c": 3}"#]),
        (#"{"items": {"type": "integer"}, "minItems": 1, "maxItems": 2}"#, ["[1]", "[1, 2]", "{}"], ["[]", "[1, 2, 3]", "[\"1\"]"]),
        (#"{"prefixItems": [{"const": 1}, true], "items": {"type": "string"}}"#, ["[]", "[1]", "[1, null, \"a\"]"], ["[2]", "[1, 2, 3]"]),
        (#"{"uniqueItems": true}"#, ["[1, 2]", "[1, \"1\"]"], ["[1, 1.0]", #"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#]),
        (#"{"uniqueItems": false}"#, ["[1, 1]"], []),
        (#"{"minimum": 0, "exclusiveMaximum": 1}"#, ["0", "0.999", "\"5\""], ["-0.001", "1", "1.0"]),
        (#"{"exclusiveMinimum": 0.1, "maximum": 0.3}"#, ["0.3", "0.30", "0.2"], ["0.1", "0.30000000000000000001"]),
        (#"{"multipleOf": 0.1}"#, ["0.3", "1", "0"], ["0.35"]), (#"{"multipleOf": 3}"#, ["9", "-3.0"], ["10"]),
        (#"{"minLength": 2, "maxLength": 3.0}"#, ["\"ab\"", "\"a👍\"", "7"], ["\"a\"", "\"abcd\""]),
        (#"{"pattern": "^a+$"}"#, ["\"aa\"", "1"], ["\"ab\"", "\"\""]), (#"{"pattern": "a+"}"#, ["\"xax\""], ["\"x\""]),
        (#"{"anyOf": [{"type": "null"}, {"minimum": 2}]}"#, ["null", "2", "\"x\""], ["1"]),
        (#"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#, ["2"], ["0", "4"]),
        (#"{"oneOf": [{"minimum": 1}, {"maximum": 3}]}"#, ["0", "4"], ["2"]), (#"{"not": {"type": "string"}}"#, ["1"], ["\"a\""]),
        (list, ["null", "[1, null]", "[1, [2, null]]"], ["[1]", "[1, 2]", "[1, [2, [3]]]", "[1, null, 3]"]),
        (#"{"type": "array", "items": {"$ref": "@"}}"#, ["[]", "[[], [[]]]"], ["[1]", "[[2]]"]),
        (#"{"$ref": "@/$defs/a~1b~0", "$defs": {"a/b~": {"type": "null"}}, "title": "t", "description": "d"}"#, ["null"], ["1"]),
    ]

    @Test("allow what they say and nothing else", arguments: cases.indices)
    func allows(index: Int) throws {
        let (text, right, wrong) = Self.cases[index]
        let schema = try JSONSchema(Self.node(text))
        for (values, isAllowed) in [(right, true), (wrong, false)] {
            for value in values {
                let objection = try schema.objection(to: JSONNodeReader.read(value, keepsNumbers: true))
                #expect((objection == nil) == isAllowed, "\(text) and \(value): \(objection ?? "allowed")")
            }
        }
    }

    @Test("say where a value does not match, and not what would")
    func objections() throws {
        let text = #"{"properties": {"a": {"items": {"const": "secret"}}}, "required": ["b"]}"#
        let schema = try JSONSchema(Self.node(text))
        #expect(try schema.objection(to: JSONNodeReader.read(#"{"a": []}"#)) == "the value has no property 'b'")
        let objection = try schema.objection(to: JSONNodeReader.read(#"{"a": ["secret", "x"], "b": 1}"#))
        #expect(objection == "'/a/1' is not among the values that are allowed")
    }

    static let faults: [(schema: String, words: [String])] = [
        ("3", ["the schema", "must be an object"]), (#"{"properties": {"a": 3}}"#, ["'/properties/a'", "must be an object"]),
        (#"{"type": "int"}"#, ["'/type'", "integer"]), (#"{"type": []}"#, ["'/type'"]), (#"{"enum": []}"#, ["'/enum'", "list of values"]),
        (#"{"format": "date"}"#, ["'/format'", "passed over", "pattern"]), (#"{"definitions": {}}"#, ["'/definitions'", "$defs"]),
        (#"{"items": {"patternProperties": {}}}"#, ["'/items/patternProperties'", "not read"]), (#"{"if": true}"#, ["'/if'", "not read"]),
        (#"{"minimun": 3}"#, ["'/minimun'", "not read"]), (#"{"minLength": -1}"#, ["'/minLength'", "whole number"]),
        (#"{"maxItems": 1.5}"#, ["'/maxItems'", "whole number"]), (#"{"minimum": "1"}"#, ["'/minimum'", "a number"]),
        (#"{"multipleOf": 0}"#, ["'/multipleOf'", "above zero"]), (#"{"pattern": "("}"#, ["'/pattern'", "column 1", "not closed"]),
        (#"{"required": "a"}"#, ["'/required'", "list of texts"]), (#"{"required": [1]}"#, ["'/required'", "list of texts"]),
        (#"{"items": [true]}"#, ["'/items'", "prefixItems"]), (#"{"uniqueItems": 1}"#, ["'/uniqueItems'", "true or false"]),
        (#"{"anyOf": []}"#, ["'/anyOf'", "list of schemas"]), (#"{"allOf": [{"x": 1}]}"#, ["'/allOf/0/x'"]),
        (#"{"$ref": "@/$defs/a"}"#, ["'/$ref'", "a name that is there"]), (#"{"$ref": "http://example.org"}"#, ["'/$ref'"]),
        (#"{"properties": {"a": {"$defs": {}}}}"#, ["'/properties/a/$defs'", "at the top"]), (#"{"$ref": "@"}"#, ["comes back to itself"]),
        (#"{"$defs": {"a": {"allOf": [{"$ref": "@/$defs/b"}]}, "b": {"not": {"$ref": "@/$defs/a"}}}}"#, ["'/$defs/a'", "comes back"]),
        (#"{"minimum": 1e999999}"#, ["'/minimum'"]),
    ]

    @Test("are refused where a keyword is not read, with its place", arguments: faults.indices)
    func fault(index: Int) throws {
        let (text, words) = Self.faults[index]
        let node = try Self.node(text)
        do {
            _ = try JSONSchema(node)
            Issue.record("\(text) is read")
        } catch {
            for word in words { #expect("\(error)".contains(word), "\(error)") }
        }
    }

    @Test("that would be held against a value for ever are given up")
    func work() throws {
        let text =
            #"{"$defs": {"a": {"oneOf": [{"items": {"$ref": "@/$defs/a"}}, {"items": {"$ref": "@/$defs/a"}}, {"type": "null"}]}}, "#
            + #""$ref": "@/$defs/a"}"#
        let schema = try JSONSchema(Self.node(text))
        let deep = String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60)
        #expect(throws: SchemaMatch.TooMuch.self) { try schema.objection(to: JSONNodeReader.read(deep)) }
    }
}

@Suite("Verifier json-schema")
struct JSONSchemaVerifierTests {
    private func verdict(on response: String, schema: String = #"{"type": "object", "required": ["a"]}"#) -> Verdict {
        JSONSchemaVerifier().verdict(on: response, for: Problem(task: "own", canonical: "p", prompt: "p", reference: schema, level: 1))
    }

    @Test("takes one JSON value, alone or in the last fenced block")
    func response() {
        #expect(verdict(on: #" {"a": 1} "#) == .correct)
        #expect(verdict(on: "Here:\n```json\n{\"a\": 1}\n```\nDone.") == .correct)
        for wrong in [
            "", "{}", "{\"a\": 1,}", "{'a': 1}", #"{"a": 1} {"a": 2}"#, #"{"a": 1, "a": 2}"#, "So: {\"a\": 1}", "// x\n{\"a\": 1}",
        ] {
            #expect(verdict(on: wrong).reward == 0, "\(wrong)")
        }
        #expect(verdict(on: String(repeating: "[", count: 70_000)).reward == 0)
        #expect(verdict(on: "{}").feedback == "the value has no property 'a'")
    }

    @Test("knows nothing where the reference is no schema")
    func unscorable() {
        #expect(verdict(on: "{}", schema: "x").reward == nil && verdict(on: "{}", schema: #"{"format": "x"}"#).reward == nil)
    }

    @Test("takes schema and solution from the row")
    func rows() throws {
        let rows = [
            #"{"prompt": "a", "schema": {"type": "array", "minItems": 1.0}, "solution": [1]}"#,
            #"{"prompt": "b", "schema": "{\"const\": 1.50}", "completion": "1.5"}"#, #"{"prompt": "c", "answer": {"type": "null"}}"#,
        ]
        let task = try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: "f.jsonl", judge: .jsonSchema)
        #expect(task.problems.map { task.solution(to: $0.problem) } == ["[1]", "1.5", nil])
        #expect(task.problems[1].problem.reference == #"{"const":1.50}"#)
        for (_, problem) in task.problems.prefix(2) {
            #expect(JSONSchemaVerifier().verdict(on: task.solution(to: problem) ?? "", for: problem) == .correct)
        }
        #expect(task.answer(in: #"{"b": 1.0, "a": 2e1}"#, to: task.problems[0].problem.question) == #"{"a":20,"b":1}"#)
        #expect(task.answer(in: "no", to: task.problems[0].problem.question) == nil)
        #expect(task.blank(for: task.problems[2].problem) == "null")
        let faults: [(String, [String])] = [
            (#"{"prompt": "p"}"#, ["'schema' is missing"]), (#"{"prompt": "p", "schema": "x"}"#, ["'schema'", "text that is no JSON"]),
            (#"{"prompt": "p", "schema": {"format": "date"}}"#, ["'schema' cannot be used", "'/format'"]),
        ]
        for (row, words) in faults {
            let file = try OwnTaskFile(Array(row.utf8), fields: RowFields(), verifier: .jsonSchema)
            let message = file.faults.first.map { "\($0.fault)" } ?? "none"
            for word in words { #expect(message.contains(word), "\(message)") }
        }
    }
}
