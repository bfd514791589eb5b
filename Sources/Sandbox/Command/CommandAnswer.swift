import Autodidact
import Texts

/// What a verifier's program says of a response: one line, read strictly.
///
/// Exactly one of `correct`, `score` and `unscorable` says it, or `correct` with a `score`. A score alone is correct where it is 1.
/// What is not understood as a whole is no verdict, because a misread field would become a reward.
struct CommandAnswer: Sendable, Hashable {
    /// What the line says.
    let verdict: Verdict

    private static let fields = ["correct", "score", "feedback", "unscorable", "id"]

    /// The answer on a line, without its newline, to the request of this id.
    init(_ line: [UInt8], id: String) throws(CommandAnswerError) {
        guard let text = String(validating: line, as: UTF8.self) else { throw .notUTF8 }
        let node: JSONNode
        do {
            node = try JSONNodeReader.read(text, keepsNumbers: true)
        } catch {
            throw .notJSON(line: text, column: error.column, found: error.found, expected: error.expected)
        }
        guard case .object(let members) = node else { throw .notAnObject(found: node.text) }
        if let unknown = members.keys.sorted().first(where: { !Self.fields.contains($0) }) {
            throw .unknownField(unknown, known: Self.fields)
        }
        if let value = members["id"], value != .string(id) { throw .otherID(found: value.text, expected: id) }
        let feedback = try Self.text(members["feedback"], field: "feedback") ?? ""
        let (correct, score) = (try Self.truth(members["correct"]), try Self.score(members["score"]))
        if let reason = try Self.text(members["unscorable"], field: "unscorable") {
            if reason.isEmpty { throw .wrongType(field: "unscorable", found: "\"\"", expected: "a text that says why") }
            for other in ["correct", "score", "feedback"] where members[other] != nil { throw .contradiction("unscorable", other) }
            verdict = .unscorable(reason: reason)
            return
        }
        switch (correct, score) {
        case (nil, nil): throw .noVerdict
        case (true, 0), (false, 1): throw .contradiction("correct", "score")
        case (let isCorrect?, let score):
            verdict = isCorrect ? .correct(score: score ?? 1, feedback: feedback) : .wrong(score: score ?? 0, feedback: feedback)
        case (nil, let score?):
            verdict = score == 1 ? .correct(score: 1, feedback: feedback) : .wrong(score: score, feedback: feedback)
        }
    }

    private static func truth(_ value: JSONNode?) throws(CommandAnswerError) -> Bool? {
        guard let value else { return nil }
        guard case .bool(let isCorrect) = value else {
            throw .wrongType(field: "correct", found: value.text, expected: "true or false")
        }
        return isCorrect
    }

    private static func score(_ value: JSONNode?) throws(CommandAnswerError) -> Double? {
        guard let value else { return nil }
        guard case .number(let digits) = value, let score = Double(digits), 0...1 ~= score else {
            throw .wrongType(field: "score", found: value.text, expected: "a number from 0 to 1")
        }
        return abs(score)  // -0 is 0
    }

    /// A text on one line of bounded length; nil where there is none.
    private static func text(_ value: JSONNode?, field: String) throws(CommandAnswerError) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value else { throw .wrongType(field: field, found: value.text, expected: "a text") }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ").shown
    }
}

/// Why a line is no verdict.
enum CommandAnswerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its bytes are no text.
    case notUTF8
    /// Its text is no JSON; the place is counted in characters from 1.
    case notJSON(line: String, column: Int, found: String, expected: String)
    /// It is JSON and no object.
    case notAnObject(found: String)
    /// It has a field that means nothing.
    case unknownField(String, known: [String])
    /// It has none of the fields that are a verdict.
    case noVerdict
    /// A field holds something else than it may.
    case wrongType(field: String, found: String, expected: String)
    /// Two fields contradict each other.
    case contradiction(String, String)
    /// It answers another request.
    case otherID(found: String, expected: String)

    /// What is wrong with the line, to complete "a line that is no verdict: …".
    var description: String {
        switch self {
        case .notUTF8: "it is not UTF-8"
        case .notJSON(let line, let column, let found, let expected):
            "'\(line.shown)' is not JSON: column \(column) has \(found.shown) instead of \(expected.shown)"
        case .notAnObject(let found): "it must be an object, and is \(found.shown)"
        case .unknownField(let name, let known): "its field '\(name.shown)' means nothing; known are \(known.joined(separator: ", "))"
        case .noVerdict: "it has none of the fields correct, score and unscorable"
        case .wrongType(let field, let found, let expected): "its field '\(field)' is \(found.shown) and must be \(expected)"
        case .contradiction(let one, let other): "its fields '\(one)' and '\(other)' contradict each other"
        case .otherID(let found, let expected): "its id \(found.shown) is not that of the request, '\(expected.shown)'"
        }
    }
}
