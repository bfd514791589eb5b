import Autodidact
import Testing

@testable import TaskLibrary

@Suite("Rows in the shapes of the field")
struct RowShapesTests {
    private func file(_ row: String, fields: RowFields = RowFields(), verifier: OwnVerifier = .rule(.exact)) throws -> OwnTaskFile {
        try OwnTaskFile(Array(row.utf8), fields: fields, verifier: verifier)
    }

    static let shapes: [(shape: String, row: String, prompt: String, answer: String)] = [
        ("TRL, prompt-only", #"{"prompt": "2+2=", "ground_truth": "4", "task": "sums"}"#, "2+2=", "4"),
        ("TRL, conversational", #"{"prompt": [{"role": "user", "content": "2+2="}], "solution": "\\boxed{4}"}"#, "2+2=", #"\boxed{4}"#),
        ("TRL, prompt-completion", #"{"prompt": "2+2=", "completion": " 4"}"#, "2+2=", "4"),
        (
            "TRL, conversational completion",
            #"{"prompt": [{"role": "user", "content": "2+2="}], "completion": [{"role": "assistant", "content": "4"}]}"#, "2+2=", "4"
        ),
        ("TRL, a good completion", #"{"prompt": "2+2=", "completion": "4", "label": true}"#, "2+2=", "4"),
        (
            "TRL, messages",
            #"{"messages": [{"role": "user", "content": "2+2="}, {"role": "assistant", "content": "4"}]}"#, "2+2=", "4"
        ),
        ("an answer with its way", #"{"prompt": "2+2=", "solution": "2+2 is 4.", "answer": "4"}"#, "2+2=", "4"),
        (
            "verl",
            #"{"data_source": "openai/gsm8k", "prompt": [{"role": "user", "content": "2+2="}], "ability": "math", "#
                + #""reward_model": {"style": "rule", "ground_truth": "4"}, "extra_info": {"split": "train", "index": 0, "answer": "#
                + #""2+2 is 4.", "question": "2+2"}}"#,
            "2+2=", "4"
        ),
        (
            "SkyRL",
            #"{"data_source": "gsm8k", "prompt": [{"role": "user", "content": "2+2="}], "env_class": "gsm8k", "#
                + #""reward_spec": {"method": "rule", "ground_truth": 4}, "extra_info": {"split": "test"}}"#,
            "2+2=", "4"
        ),
        (
            "twice the same", #"{"prompt": "2+2=", "answer": 4, "reward_model": {"style": "rule", "ground_truth": "4"}}"#,
            "2+2=", "4"
        ),
        ("null beside a ground truth", #"{"prompt": "2+2=", "answer": null, "ground_truth": "4"}"#, "2+2=", "4"),
    ]

    @Test("are read as they are", arguments: shapes.indices)
    func shape(index: Int) throws {
        let (shape, row, prompt, answer) = Self.shapes[index]
        let file = try file(row)
        #expect(file.faults.isEmpty, "\(shape): \(file.faults)")
        #expect(file.rows.map(\.row.prompt) == [prompt] && file.rows.map(\.row.answer) == [answer], "\(shape)")
        let whole = try self.file(row, verifier: .command(path: "/opt/check"))
        #expect(whole.rows.first?.row.answer.withoutOuterSpace == answer, "\(shape)")
    }

    static let faults: [(row: String, words: [String])] = [
        (
            #"{"prompt": "p", "answer": "1", "reward_model": {"ground_truth": "2"}}"#,
            ["'answer' and 'reward_model.ground_truth'", "--answer-field"]
        ),
        (
            #"{"prompt": "p", "reward_spec": {"ground_truth": "1"}, "reward_model": {"ground_truth": "2"}}"#,
            ["'reward_model.ground_truth' and 'reward_spec.ground_truth'"]
        ),
        (#"{"prompt": "p", "solution": "1", "completion": "2"}"#, ["'solution' and 'completion'", "--answer-field"]),
        (
            #"{"messages": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "1"}], "solution": "2"}"#,
            ["'solution' and 'messages'"]
        ),
        (#"{"prompt": "p", "completion": "1", "label": false}"#, ["'label'", "false", "leave the row out"]),
        (#"{"prompt": "p", "completion": [{"role": "user", "content": "1"}]}"#, ["'completion'", "one assistant's message"]),
        (#"{"prompt": "p", "completion": []}"#, ["'completion'", "one assistant's message"]),
        (#"{"prompt": "p", "reward_model": {"style": "model"}}"#, ["'answer' is missing", "prompt, reward_model"]),
        (#"{"prompt": "p", "answer": null}"#, ["'answer'", "null"]),
        (
            #"{"prompt": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "1"}], "answer": "1"}"#,
            ["'prompt' has the turns user, assistant", "one user's turn"]
        ),
        (
            #"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "p"}, "#
                + #"{"role": "assistant", "content": "1"}]}"#, ["system, user, assistant", "at most the assistant's reply"]
        ),
    ]

    @Test("whose answer is not told apart are refused with line and field", arguments: faults.indices)
    func fault(index: Int) throws {
        let (row, words) = Self.faults[index]
        let file = try file(row)
        try #require(file.faults.count == 1, "\(row)")
        let message = "\(OwnTaskError(file: "my.jsonl", line: file.faults[0].line, fault: file.faults[0].fault))"
        #expect(message.hasPrefix("my.jsonl:1: "))
        for word in words { #expect(message.contains(word), "\(message)") }
    }

    @Test("are read by the field that is named, whatever else they state")
    func named() throws {
        let row = #"{"prompt": "p", "answer": "1", "reward_model": {"ground_truth": "2"}, "completion": "3", "label": false}"#
        for (field, answer) in [("answer", "1"), ("reward_model.ground_truth", "2"), ("completion", "3")] {
            #expect(try file(row, fields: RowFields(answer: field)).rows.map(\.row.answer) == [answer])
        }
    }

    @Test("without an answer are for an executable alone")
    func unanswered() throws {
        let row = #"{"messages": [{"role": "user", "content": "p"}]}"#
        #expect(try file(row, verifier: .command(path: "/opt/check")).rows.map(\.row.answer) == [""])
        #expect(try file(row).faults.count == 1)
    }
}
