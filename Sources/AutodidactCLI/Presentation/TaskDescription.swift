import Autodidact
import Randomness
import Reports

/// All that is known of a task, with an example of each level.
struct TaskDescription: Encodable {
    let task: TaskCard
    let verifier: String
    let examples: [Example]

    /// A problem with a right answer.
    struct Example: Encodable {
        let level: Int
        let difficulty: Double
        let prompt: String
        let response: String
        let isCorrect: Bool
        let verdict: String
    }

    init(_ family: any ProceduralFamily) async {
        task = family.card
        verifier = family.verifier.version
        var examples: [Example] = []
        for level in family.card.levels.map(\.number) {
            var stream = ProblemStream(family, split: .train, levels: [level], key: SeedTree(root: 1)("example", level))
            for problem in stream.next(1) {
                let response = family.oracleResponse(for: problem)
                let verdict = await family.verifier.verdict(on: response, for: problem)
                examples.append(
                    Example(
                        level: level, difficulty: family.difficulty(of: problem), prompt: problem.prompt, response: response,
                        isCorrect: verdict.isCorrect,
                        verdict: verdict.isCorrect ? "correct" : verdict.feedback))
            }
        }
        self.examples = examples
    }

    /// The description for people.
    func text(color: TerminalColor) -> String {
        let levels = table(
            columns: [TextColumn("level", isRightAligned: true), TextColumn("")],
            rows: task.levels.map { ["\($0.number)", $0.summary + (task.defaultLevels.contains($0.number) ? " (default)" : "")] },
            color: color)
        let shown = examples.map { example in
            let lines = [example.prompt, example.response].flatMap { $0.split(whereSeparator: \.isNewline) }.map { "  " + $0 }
            return "level \(example.level), difficulty \((example.difficulty * 10).rounded() / 10), \(example.verdict):\n"
                + lines.joined(separator: "\n")
        }
        return (["\(task.slug): \(task.summary)", levels] + shown + ["verifier \(verifier)"]).joined(separator: "\n\n")
    }
}
