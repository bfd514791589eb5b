import Autodidact

/// What a row says of a program to write: its tests, and a solution where there is one.
struct ProgramRow: Sendable, Hashable {
    let tests: ProgramTests
    /// A response that must pass the tests.
    let solution: String?

    /// Fields that hold tests: our own, HumanEval's, MBPP's.
    private static let testFields = ["tests", "test", "test_list"]
    private static let solutionFields = ["solution", "canonical_solution", "code"]

    /// The program that the fields of a row ask for.
    init(_ members: [String: JSONNode]) throws(OwnTaskFault) {
        let known = members.keys.sorted()
        guard let field = Self.testFields.first(where: { members[$0] != nil }) else {
            throw .incomplete(
                field: "tests", known: known,
                remedy: "add Python such as \"assert f(2) == 4\", HumanEval's 'test' or MBPP's 'test_list', or choose another --verifier")
        }
        try Self.checkTests(members[field] ?? .null, field: field)
        if let name = members["entry_point"] {
            guard case .string(let text) = name, text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
                throw .wrongType(field: "entry_point", found: name.name, expected: "the name of the function that the tests call")
            }
        }
        guard let tests = ProgramTests(row: members) else {
            throw .incomplete(field: "entry_point", known: known, remedy: "add the name of the function that the tests call")
        }
        self.tests = tests
        let written = Self.solutionFields.lazy.compactMap { name -> String? in
            if case .string(let text)? = members[name], !text.withoutOuterSpace.isEmpty { text } else { nil }
        }
        solution = written.first
    }

    /// Refuses tests that are no text, or hold nothing.
    private static func checkTests(_ value: JSONNode, field: String) throws(OwnTaskFault) {
        var lines: [String] = []
        switch value {
        case .string(let text) where field != "test_list": lines = [text]
        case .array(let elements) where field != "test":
            for element in elements {
                guard case .string(let line) = element else {
                    throw .wrongType(field: field, found: element.name, expected: "a list of texts, each Python")
                }
                lines.append(line)
            }
        default:
            let form = ["tests": "Python as text, or a list of such texts", "test": "Python as text"][field]
            throw .wrongType(field: field, found: value.name, expected: form ?? "a list of texts, each Python")
        }
        if lines.allSatisfy({ $0.withoutOuterSpace.isEmpty }) { throw .blank(field: field) }
    }
}
