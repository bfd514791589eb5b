import Autodidact

/// What a verifier's program is asked: a line of JSON.
struct CommandRequest: Sendable, Hashable {
    /// Names problem and response, so that an answer to another response of the same group is told from its own.
    let id: String
    /// The bytes, with the newline.
    let line: [UInt8]

    /// Asks for the verdict on a response; a problem without a reference has null as its answer.
    init(_ response: String, to problem: Problem) {
        id = "\(problem.id)-\(ContentHash.hexadecimal(of: Array(response.utf8)).prefix(8))"
        let fields: [String: JSONNode] = [
            "id": .string(id), "problem": .string(problem.id), "prompt": .string(problem.prompt), "response": .string(response),
            "answer": problem.reference.isEmpty ? .null : .string(problem.reference), "level": .number("\(problem.level)"),
        ]
        line = Array(JSONNode.object(fields).text.utf8) + [UInt8(ascii: "\n")]
    }
}
