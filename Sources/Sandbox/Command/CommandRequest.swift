import Autodidact

/// What a verifier's program is asked: a line of JSON.
struct CommandRequest: Sendable, Hashable {
    /// The problem's id.
    let id: String
    /// The bytes, with the newline.
    let line: [UInt8]

    /// Asks for the verdict on a response; a problem without a reference has null as its answer.
    init(_ response: String, to problem: Problem) {
        let fields: [String: JSONNode] = [
            "id": .string(problem.id), "prompt": .string(problem.prompt), "response": .string(response),
            "answer": problem.reference.isEmpty ? .null : .string(problem.reference), "level": .number("\(problem.level)"),
        ]
        id = problem.id
        line = Array(JSONNode.object(fields).text.utf8) + [UInt8(ascii: "\n")]
    }
}
