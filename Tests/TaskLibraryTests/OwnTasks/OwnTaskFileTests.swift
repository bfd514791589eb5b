import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Files of problems")
struct OwnTaskFileTests {
    private func file(_ text: String, fields: RowFields = RowFields(), rule: AnswerRule? = .exact) throws -> OwnTaskFile {
        try OwnTaskFile(Array(text.utf8), fields: fields, verifier: rule.map(OwnVerifier.rule))
    }

    @Test("a row is a prompt and an answer, whatever else it has")
    func plain() throws {
        let text = """
            \u{FEFF}{"prompt": "2+2=", "answer": "4", "source": [1, {"a": null}]}\r

            {"messages": [{"role": "user", "content": "Capital of France?"}], "answer": " Paris\\n", "level": "Level 3"}
              {"answer": 4, "prompt": " 1+3=\\n", "level": 2}
            """
        let file = try file(text)
        #expect(file.faults.isEmpty && file.repetitions.isEmpty)
        #expect(file.rows.map(\.line) == [1, 3, 4])
        #expect(file.rows.map(\.row.prompt) == ["2+2=", "Capital of France?", " 1+3=\n"])
        #expect(file.rows.map(\.row.answer) == ["4", "Paris", "4"])
        #expect(file.rows.map(\.row.level) == [1, 3, 2])
    }

    @Test("fields are found by name and by path")
    func fields() throws {
        let row = #"{"question": {"text": "2+2="}, "a.b": "4", "reward_model": {"ground_truth": 5}, "prompt": 3}"#
        let byName = try file(row, fields: RowFields(prompt: "question.text", answer: "a.b"))
        #expect(byName.rows.map(\.row.prompt) == ["2+2="] && byName.rows.map(\.row.answer) == ["4"])
        let byPath = try file(row, fields: RowFields(prompt: "question.text", answer: "reward_model.ground_truth"), rule: .number)
        #expect(byPath.rows.map(\.row.answer) == ["5"])
    }

    @Test("a number keeps its digits")
    func numbers() throws {
        let file = try file(#"{"prompt": "p", "answer": 0.1000000000000000000000001}"#, rule: .number)
        #expect(file.rows.map(\.row.answer) == ["0.1000000000000000000000001"])
    }

    @Test("text is what its escapes spell, and numbers have JSON's forms alone")
    func json() throws {
        let text = #"{"prompt": "\ud83d\ude00\u00e9\n\t\/\"\\\b\f\r 😀", "answer": "1"}"#
        #expect(try file(text).rows.map(\.row.prompt) == ["😀é\n\t/\"\\\u{8}\u{C}\r 😀"])
        for number in ["0", "-0", "10", "1.5", "-1.5e3", "2E-2", "1e+1"] {
            #expect(try file(#"{"prompt": "p", "answer": \#(number)}"#, rule: .number).rows.count == 1, "\(number)")
        }
        for number in ["01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "1_0", "--1"] {
            #expect(try file(#"{"prompt": "p", "answer": \#(number)}"#, rule: .number).faults.count == 1, "\(number)")
        }
        for escape in [#"\ud83d"#, #"\ude00"#, #"\ud83dx"#, #"\ud83d\n"#, #"\ud83d\u0041"#, #"\x"#, #"\u12"#, #"\u00g0"#] {
            #expect(try file(#"{"prompt": "\#(escape)", "answer": "1"}"#).faults.count == 1, "\(escape)")
        }
    }

    @Test(
        "the answer of a row with choices is a letter or the text of a choice",
        arguments: [
            ("\"B\"", "B"), ("\"Paris\"", "B"), ("\" Den  Haag \"", "C"), ("4", "D"), ("\"4\"", "D"), ("\"e\"", "E"),
        ])
    func answerByText(answer: String, letter: String) throws {
        let row = #"{"prompt": "p", "choices": ["Rome", "Paris", "Den Haag", 4, "E"], "answer": \#(answer)}"#
        #expect(try file(row, rule: nil).rows.map(\.row.answer) == [letter])
    }

    @Test("choices are shown with their letters, and tell the verifier")
    func choices() throws {
        let row = #"{"prompt": "Capital of France?\n", "choices": ["Rome", "Paris"], "answer": "b"}"#
        let file = try file(row, rule: nil)
        #expect(file.verifier == .rule(.choice) && file.rows.map(\.row.answer) == ["B"])
        #expect(file.rows.map(\.row.prompt) == ["Capital of France?\nA. Rome\nB. Paris\nAnswer with the letter of the right choice.\n"])
        let mixed = try self.file(row + "\n" + #"{"prompt": "p", "answer": "A"}"#, rule: nil)
        #expect(mixed.faults.map(\.line) == [2])
        #expect(try self.file(row + "\n" + #"{"prompt": "p", "answer": "A"}"#, rule: .choice).rows.count == 2)
    }

    @Test("what is said twice counts once, and what contradicts itself is refused with both lines")
    func repetitions() throws {
        let text = """
            {"prompt": "a", "answer": "1/2"}
            {"prompt": "b", "answer": "1"}
            {"prompt": "a", "answer": 0.5}
            {"prompt": "b", "answer": "2"}
            {"prompt": "a", "answer": 0.5, "level": 2}
            """
        let file = try file(text, rule: .number)
        #expect(file.rows.count == 2)
        #expect(file.repetitions.map(\.line) == [3] && file.repetitions.map(\.earlier) == [1])
        #expect(file.faults.map(\.line) == [4, 5])
        #expect(file.faults.map(\.fault) == [.contradiction(line: 2, what: "answer"), .contradiction(line: 1, what: "level")])
    }

    static let faults: [(row: String, rule: AnswerRule, words: [String])] = [
        ("[1]", .exact, ["a list", "not a JSON object"]),
        ("\"x\"", .exact, ["the text 'x'"]),
        ("prompt,answer", .exact, ["is no JSON object, perhaps CSV ('prompt,answer')", #"such as {"prompt": "2+2=", "answer""#]),
        (#""2+2=",4"#, .exact, ["perhaps CSV"]), ("2+2=;4", .exact, ["perhaps CSV"]), ("2+2=\t4", .exact, ["perhaps CSV"]),
        ("What is 2+2?", .exact, ["is no JSON object ('What is 2+2?')", "each row must be one line such as"]),
        ("{\"prompt\": \"p\", \"answer\": }", .exact, ["column 27", "}"]),
        ("{\"prompt\": \"p\", \"prompt\": \"q\", \"answer\": 1}", .exact, ["column 17", "each name once"]),
        ("{\"prompt\": \"\\ud800\", \"answer\": \"1\"}", .exact, ["surrogates"]),
        ("{\"prompt\": \"p\"} {}", .exact, ["column 17", "the end"]),
        (#"{"question": "p", "answer": "1"}"#, .exact, ["'prompt' is missing", "answer, question", "--prompt-field"]),
        (#"{"prompt": "p", "solution": "1"}"#, .exact, ["'answer' is missing", "prompt, solution", "--answer-field"]),
        (#"{}"#, .exact, ["'prompt' is missing", "no fields"]),
        (#"{"prompt": "p", "messages": [], "answer": "1"}"#, .exact, ["both 'prompt' and 'messages'", "--prompt-field"]),
        (#"{"prompt": 3, "answer": "1"}"#, .exact, ["'prompt'", "the number 3", "text"]),
        (#"{"prompt": null, "answer": "1"}"#, .exact, ["'prompt'", "null"]),
        (#"{"prompt": " \n", "answer": "1"}"#, .exact, ["'prompt' is empty"]),
        (#"{"messages": [], "answer": "1"}"#, .exact, ["'messages'", "one user's turn"]),
        (#"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "p"}], "answer": "1"}"#, .exact, ["system, user"]),
        (#"{"messages": [{"role": "user", "content": [{"type": "text"}]}], "answer": "1"}"#, .exact, ["a text as content"]),
        (#"{"messages": ["p"], "answer": "1"}"#, .exact, ["messages with a role"]),
        (#"{"prompt": "p", "answer": ["1"]}"#, .exact, ["'answer'", "a list", "text or a number"]),
        (#"{"prompt": "p", "answer": true}"#, .number, ["'answer'", "true"]),
        (#"{"prompt": "p", "answer": ""}"#, .exact, ["'answer' is empty"]),
        (#"{"prompt": "p", "answer": "so #### 72"}"#, .number, ["'so #### 72'", "verifier number", "one number such as"]),
        (#"{"prompt": "p", "answer": "AB"}"#, .choice, ["'AB'", "one letter"]),
        (#"{"prompt": "p", "answer": 2}"#, .choice, ["'2'", "one letter"]),
        (#"{"prompt": "p", "choices": ["x", "y"], "answer": "C"}"#, .choice, ["C", "2 choices"]),
        (#"{"prompt": "p", "choices": ["x", "y"], "answer": "z z"}"#, .choice, ["'z z'", "from A to B", "text of a choice"]),
        (#"{"prompt": "p", "choices": ["x", "X"], "answer": "Y"}"#, .choice, ["Y", "2 choices"]),
        (#"{"prompt": "p", "choices": ["x", "A"], "answer": "A"}"#, .choice, ["'A'", "A or B", "change the choices"]),
        (#"{"prompt": "p", "choices": ["no", "yes", "no"], "answer": "no"}"#, .choice, ["'no'", "A or C"]),
        (#"{"prompt": "p", "choices": ["x"], "answer": "A"}"#, .choice, ["'choices'", "2 to 26"]),
        (#"{"prompt": "p", "choices": ["x", {}], "answer": "A"}"#, .choice, ["'choices'", "an object"]),
        (#"{"prompt": "p", "choices": ["x", "y"], "answer": "A"}"#, .exact, ["'choices'", "verifier exact", "use choice"]),
        (#"{"prompt": "p", "answer": "1", "level": "hard"}"#, .exact, ["'level'", "'hard'", "rename"]),
        (#"{"prompt": "p", "answer": "1", "level": 0}"#, .exact, ["'level'", "the number 0", "1 to 1000"]),
        (#"{"prompt": "p", "answer": "1", "level": 1.5}"#, .exact, ["'level'", "1.5"]),
    ]

    @Test("a line with a fault is named with the field and what can be done", arguments: faults.indices)
    func fault(index: Int) throws {
        let (row, rule, words) = Self.faults[index]
        let good = #"{"prompt": "good", "answer": "\#(rule == .choice ? "A" : "1")"}"#
        let file = try file(good + "\n" + row, rule: rule)
        try #require(file.faults.count == 1 && file.rows.count == 1, "\(row)")
        let message = "\(OwnTaskError(file: "my.jsonl", line: file.faults[0].line, fault: file.faults[0].fault))"
        #expect(message.hasPrefix("my.jsonl:2: ") && !message.contains("\n"), "\(message)")
        for word in words { #expect(message.contains(word), "\(message)") }
    }

    @Test("bytes that are not UTF-8 are counted")
    func notUTF8() throws {
        var bytes = Array(#"{"prompt": "p", "answer": "1"}"#.utf8)
        bytes[12] = 0xFF
        #expect(try OwnTaskFile(bytes, fields: RowFields(), verifier: .rule(.exact)).faults.map(\.fault) == [.notUTF8(byte: 13)])
    }

    @Test("limits are told before any work")
    func limits() throws {
        let long = #"{"prompt": ""# + String(repeating: "x", count: OwnTaskFile.mostBytesOfLine) + #"", "answer": "1"}"#
        #expect(try file(long).faults.map(\.fault) == [.lineTooLong(bytes: long.utf8.count, limit: OwnTaskFile.mostBytesOfLine)])
        #expect(throws: OwnTaskFault.noRows) { try file("\n \r\n\t\n") }
        #expect(throws: OwnTaskFault.noRows) { try file("") }
        #expect(throws: OwnTaskFault.noRule) { try file(#"{"prompt": "p", "answer": "1"}"#, rule: nil) }
        #expect("\(OwnTaskFault.noRule)".contains("exact (") && "\(OwnTaskFault.noRule)".contains("--verifier"))
        let nested = #"{"prompt": "# + String(repeating: "[", count: 100_000)
        #expect(try file(nested).faults.count == 1)
    }
}
