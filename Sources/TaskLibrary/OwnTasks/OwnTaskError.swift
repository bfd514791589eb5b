import Autodidact
import Texts

/// A file of problems that cannot be used, with the place of the fault.
public struct OwnTaskError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named.
    public let file: String
    /// Counted from 1; nil where the fault is not in one line.
    public let line: Int?
    /// What is wrong there.
    public let fault: OwnTaskFault
    /// How many lines more have a fault.
    public let others: Int

    /// A fault at a place.
    public init(file: String, line: Int? = nil, fault: OwnTaskFault, others: Int = 0) {
        self.file = file
        self.line = line
        self.fault = fault
        self.others = others
    }

    /// One sentence for people.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let remedy = if case .wholeJSON(let whole) = fault { "; write it anew: " + whole.command(on: file) } else { "" }
        return "\(place): \(fault)" + remedy + (others > 0 ? " (and \(counted(others, "other line")) with a fault)" : "")
    }
}

/// What can be wrong with a file of problems.
public enum OwnTaskFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no row.
    case noRows
    /// The file is JSON as a whole, not line by line.
    case wholeJSON(WholeJSON)
    /// The file has more bytes than are read.
    case tooManyBytes(Int, limit: Int)
    /// The file has more rows than are read.
    case tooManyRows(limit: Int)
    /// A line has more bytes than are read.
    case lineTooLong(bytes: Int, limit: Int)
    /// A byte of the line, counted from 1, is not UTF-8.
    case notUTF8(byte: Int)
    /// The line is not JSON from this column on, counted from 1 in characters.
    case notJSON(column: Int, found: String, expected: String)
    /// The line is not JSON and does not begin as an object does.
    case noJSON(line: String, looksLikeCSV: Bool)
    /// The line is JSON, but no object.
    case notAnObject(found: String)
    /// A field is not there; `option` names another one.
    case missing(field: String, option: String?, known: [String])
    /// Both `prompt` and `messages` are there.
    case twoPrompts
    /// A field holds something else than it must.
    case wrongType(field: String, found: String, expected: String)
    /// A field holds text without content.
    case blank(field: String)
    /// A list of messages is not one turn of a user.
    case turns(field: String, roles: [String])
    /// An answer is none under the rule.
    case notAnAnswer(field: String, value: String, rule: AnswerRule)
    /// A field that the verifier does not read, though it belongs to the problem.
    case unread(field: String, verifier: OwnVerifier)
    /// A field that the verifier needs is not there; `remedy` says what to write.
    case incomplete(field: String, known: [String], remedy: String)
    /// An answer is neither the letter nor the text of a choice; `last` is the last letter.
    case notAChoice(field: String, value: String, last: String)
    /// An answer may mean several choices, by letter or by text.
    case ambiguousChoice(value: String, letters: [String])
    /// The letter of an answer has no choice.
    case noSuchChoice(letter: String, choices: Int)
    /// No verifier was named, and the rows do not tell which is meant.
    case noRule
    /// The prompt stands in an earlier line with another answer or level.
    case contradiction(line: Int, what: String)
    /// A split has fewer problems than a run needs.
    case tooFew(split: String, count: Int, needed: Int, rows: Int, rowsNeeded: Int)

    /// What is wrong, and what can be done.
    public var description: String {
        switch self {
        case .noRows: "has no rows; each line must be a JSON object with a prompt and an answer"
        case .wholeJSON(let whole):
            "\(whole == .array ? "is one JSON array" : "holds objects over several lines"), and JSONL has one object a line"
        case .tooManyBytes(let bytes, let limit): "has \(bytes) bytes, more than the \(limit) that are read; take a part of it"
        case .tooManyRows(let limit): "has more than the \(limit) rows that are read; take a part of it"
        case .lineTooLong(let bytes, let limit): "the line has \(bytes) bytes, more than the \(limit) that are read; leave the row out"
        case .notUTF8(let byte): "byte \(byte) of the line is not UTF-8; save the file as UTF-8"
        case .notJSON(let column, let found, let expected): "column \(column) is not JSON: found \(found.shown), expected \(expected.shown)"
        case .noJSON(let line, let looksLikeCSV):
            "the line is no JSON object" + (looksLikeCSV ? ", perhaps CSV" : "") + " ('\(String(line.prefix(40)).shown)'); each row "
                + "must be one line such as \(Self.sample)"
        case .notAnObject(let found): "the line holds \(found.shown), not a JSON object such as \(Self.sample)"
        case .missing(let field, let option, let known):
            "field '\(field.shown)' is missing; the row has "
                + (known.isEmpty ? "no fields" : known.prefix(12).joined(separator: ", ").shown)
                + (option.map { "; name another with \($0)" } ?? "")
        case .twoPrompts: "the row has both 'prompt' and 'messages'; name one of them with --prompt-field"
        case .wrongType(let field, let found, let expected): "field '\(field.shown)' holds \(found.shown); it must hold \(expected.shown)"
        case .blank(let field): "field '\(field.shown)' is empty; leave the row out"
        case .turns(let field, let roles):
            "field '\(field.shown)' has the turns \(roles.joined(separator: ", ").shown); it must be one user's turn, with instructions "
                + "as part of it"
        case .notAnAnswer(let field, let value, let rule):
            "field '\(field.shown)' holds '\(value.shown)'; for verifier \(rule.rawValue) the answer must be \(rule.requirement)"
        case .incomplete(let field, let known, let remedy):
            "field '\(field.shown)' is missing, which verifier python-tests needs: \(remedy); the row has "
                + (known.isEmpty ? "no fields" : known.prefix(12).joined(separator: ", ").shown)
        case .unread(let field, let verifier):
            "field '\(field.shown)' belongs to multiple choice and is not read by verifier \(verifier.description.shown); use choice, or "
                + "rename the field"
        case .notAChoice(let field, let value, let last):
            "field '\(field.shown)' holds '\(value.shown)', which is neither a letter from A to \(last) nor the text of a choice; correct "
                + "one of them"
        case .ambiguousChoice(let value, let letters):
            "the answer '\(value.shown)' may mean choice \(letters.joined(separator: " or ")), by letter or text; change the choices, or "
                + "leave the row out"
        case .noSuchChoice(let letter, let choices): "the answer is \(letter), but there are \(choices) choices"
        case .noRule: "say with --verifier how responses are judged: \(OwnVerifier.list)"
        case .contradiction(let line, let what): "the prompt is that of line \(line), with another \(what); correct one or leave one out"
        case .tooFew(let split, let count, let needed, let rows, let rowsNeeded):
            "its \(counted(rows, "problem")) \(rows == 1 ? "leaves" : "leave") \(count) for the \(split) split, and at least \(needed) "
                + "are needed (a problem's text decides where it goes: 80 % train, 10 % held-out, 10 % sealed); "
                + "add problems, about \(rowsNeeded) in all are enough"
        }
    }

    private static let sample = "{\"prompt\": \"2+2=\", \"answer\": \"4\"}"
}
