import Autodidact
import Randomness
import Testing

@testable import TaskLibrary

@Suite("Tasks from files")
struct JSONLTaskTests {
    private let key = SeedTree(root: 5)

    private func row(_ number: Int) -> String { #"{"prompt": "\#(number)+1=", "answer": \#(number + 1), "level": \#(number % 2 + 1)}"# }

    private func task(_ rows: [String], file: String = "sums.jsonl") throws -> JSONLTask {
        try JSONLTask(Array(rows.joined(separator: "\n").utf8), file: file, judge: OwnJudge(.number))
    }

    @Test("the splits are disjoint, complete and about 80, 10 and 10 percent")
    func splits() throws {
        let task = try task((0..<3_000).map(row))
        let lists = Split.allCases.map { split in
            var stream = task.problems(split, levels: [], key: key)
            return stream.next(task.count(split))
        }
        #expect(Set(lists.joined().map(\.id)).count == 3_000)
        #expect(Set(lists.joined().map(\.prompt)).count == 3_000)
        for (split, share) in [(Split.train, 0.8), (.heldOut, 0.1), (.sealed, 0.1)] {
            #expect(abs(Double(task.count(split)) / 3_000 - share) < 0.03, "\(split): \(task.count(split))")  // over four deviations
        }
    }

    @Test("training goes through the list again in another order, evaluations end")
    func streams() throws {
        let task = try task((0..<100).map(row))
        var training = task.problems(.train, levels: [], key: key)
        let count = task.count(.train)
        let passes = [training.next(count), training.next(count)]
        #expect(Set(passes[0]) == Set(passes[1]) && passes[0] != passes[1])
        var heldOut = task.problems(.heldOut, levels: [], key: key)
        #expect(heldOut.next(100).count == task.count(.heldOut) && heldOut.next(1).isEmpty)
        var hard = task.problems(.train, levels: [2], key: key)
        #expect(hard.next(50).allSatisfy { $0.level == 2 })
    }

    @Test("a problem's id and split are its prompt's, whatever the file, the order, the answer and the level")
    func identity() throws {
        let rows = (0..<200).map(row)
        let task = try task(rows)
        let other = try self.task(
            (0..<200).reversed().map { #"{"prompt": "\#($0)+1=", "answer": \#($0)}"# }, file: "/elsewhere/Renamed file.jsonl")
        #expect(other.card.slug == "Renamed-file.jsonl" && other.contentHash != task.contentHash)
        func splits(_ task: JSONLTask) -> [String: Split] {
            Dictionary(uniqueKeysWithValues: task.problems.map { ($0.problem.id, $0.problem.split) })
        }
        #expect(splits(task) == splits(other))
        #expect(task.problems.allSatisfy { $0.problem.task == "sums.jsonl" })
    }

    @Test("prompts that differ in white space alone are problems of one split")
    func twins() throws {
        let task = try task(
            (0..<200).flatMap { number in ["", "\\n", " \\t"].map { #"{"prompt": "\#(number) + 1 =\#($0)", "answer": 1}"# } })
        #expect(task.problems.count == 600)
        let splits = Dictionary(grouping: task.problems.map(\.problem)) { $0.prompt.withoutOuterSpace }.mapValues { Set($0.map(\.split)) }
        #expect(splits.count == 200 && splits.values.allSatisfy { $0.count == 1 })
    }

    @Test("every answer is accepted by its verifier, and read from a question alone")
    func answers() async throws {
        let task = try task((0..<100).map(row))
        for (_, problem) in task.problems {
            let response = "so it is \(problem.reference)."
            #expect(await task.verifier.verdict(on: response, for: problem) == .correct)
            #expect(task.answer(in: response, to: problem.question) == problem.reference)
            #expect(await task.verifier.verdict(on: "\(problem.reference)1", for: problem).isCorrect == false)
        }
        guard case .outcome(.correct) = await firstStep(of: task) else {
            Issue.record("the right answer did not end the episode well")
            return
        }
    }

    private func firstStep(of task: JSONLTask) async -> EnvironmentStep {
        let problem = task.problems[0].problem
        var environment = task.environment(for: problem)
        #expect(environment.observe() == problem.prompt)
        return await environment.act(problem.reference)
    }

    @Test("the card has the levels that occur, and room for a response")
    func card() throws {
        let task = try task((0..<100).map(row))
        #expect(task.card.levels == [TaskLevel(1, "50 problems"), TaskLevel(2, "50 problems")])
        #expect(try self.task([row(1)]).card.levels.map(\.summary) == ["1 problem"])
        #expect(task.card.defaultLevels == [1, 2] && task.card.maximumTurns == 1 && task.card.maximumResponseTokens == 256)
        #expect(task.with(maximumTokens: 9).card.maximumResponseTokens == 9)
        let long = String(repeating: "x", count: 300) + "ü.jsonl"
        #expect(try self.task([row(1)], file: long).card.slug == String(repeating: "x", count: 26) + ".jsonl")
        #expect(try self.task([row(1)], file: "ü ü.jsonl").card.slug == "---.jsonl")
    }

    @Test("too few problems are told with how many are needed")
    func tooFew() throws {
        let task = try task((0..<20).map(row))
        let error = #expect(throws: OwnTaskError.self) { try task.checkSplits(needed: [(.train, 1), (.heldOut, 7), (.sealed, 1)]) }
        let text = "\(try #require(error))"
        #expect(text.contains("sums.jsonl: its 20 problems leave \(task.count(.heldOut)) for the held-out split"))
        #expect(text.contains("at least 7 are needed") && text.contains("about 140"), "\(text)")
        try task.checkSplits(needed: [(.train, 1)])
    }

    @Test("the first fault is told with how many others there are")
    func faults() {
        let error = #expect(throws: OwnTaskError.self) { try task([row(1), "x", "{}", row(2), "[]"]) }
        #expect(error?.line == 2 && error?.others == 2)
        #expect(error.map { "\($0)".hasSuffix("(and 2 other lines with a fault)") } == true)
        #expect(throws: OwnTaskError(file: "none.jsonl", fault: .noRows)) { try JSONLTask([], file: "none.jsonl", judge: OwnJudge(.exact)) }
    }
}
