public import Autodidact

/// Judges a response as a JSON value by a schema, the problem's reference.
///
/// The response is the value, alone or in its last fenced block, in JSON's own form: one value, no comments, no name twice in an object.
/// `JSONSchema` says what is read of schemas.
public struct JSONSchemaVerifier: Verifier {
    /// A verifier.
    public init() {}

    /// The rules' version.
    public var version: String { "json-schema/1" }

    /// The longest value that is looked at, in bytes.
    static let maximumBytes = 64 << 10

    /// The verdict; unscorable where the reference is no schema, or where the value takes more work than is done for one.
    public func verdict(on response: String, for problem: Problem) -> Verdict {
        guard let node = try? JSONNodeReader.read(problem.reference, keepsNumbers: true), let schema = try? JSONSchema(node) else {
            return .unscorable(reason: "the reference of problem \(problem.id) is no schema that is read")
        }
        guard response.utf8.count <= Self.maximumBytes else { return .wrong("the response is longer than \(Self.maximumBytes) bytes") }
        let value: JSONNode
        do {
            value = try Self.value(in: response)
        } catch {
            return .wrong("the response is not JSON: line \(error.line), column \(error.column): found \(error.found.shownStart)")
        }
        do {
            return try schema.objection(to: value).map { .wrong($0) } ?? .correct
        } catch {
            return .unscorable(reason: "the response takes too much work to hold against the schema of problem \(problem.id)")
        }
    }

    /// The value that a response states.
    static func value(in response: String) throws(JSONMistake) -> JSONNode {
        try JSONNodeReader.read(FencedBlock.program(in: response), keepsNumbers: true)
    }
}
