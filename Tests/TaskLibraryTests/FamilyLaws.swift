import Autodidact
import Randomness
import TaskLibrary
import Testing

/// What every task family must satisfy, checked over seeded problems of all levels.
struct FamilyLaws {
    let family: any ProceduralFamily
    let seed = SeedTree(root: 20_261)

    /// `count` problems of each level.
    func problems(_ count: Int) -> [Problem] {
        family.card.levels.flatMap { level in
            var generator = seed("problems", level.number).generator
            return (0..<count).map { _ in family.problem(level: level.number, using: &generator) }
        }
    }

    /// Equal generators give equal problems, which name their task and level and end their prompt with a newline.
    func checkProblems(_ count: Int) {
        let problems = problems(count)
        #expect(problems == self.problems(count))
        for problem in problems {
            #expect(problem.task == family.card.slug)
            #expect(family.card.levels.contains { $0.number == problem.level })
            #expect(problem.prompt.hasPrefix(family.card.slug + " ") && problem.prompt.hasSuffix("\n"))
        }
    }

    /// The oracle is right on every problem, with and without one newline at the end, and fits the card's token limit.
    func checkOracle(_ count: Int) async {
        for problem in problems(count) {
            let response = family.oracleResponse(for: problem)
            #expect(await family.verifier.verdict(on: response, for: problem) == .correct, "\(problem.prompt)\(response)")
            #expect(await family.verifier.verdict(on: response + "\n", for: problem) == .correct)
            #expect(turns(response).allSatisfy { $0.utf8.count < family.card.maximumResponseTokens })
            #expect(turns(response).count <= family.card.maximumTurns)
        }
    }

    /// At least four named cheats, each wrong on every problem; score 0 where the task has no partial credit.
    func checkCheats(_ count: Int) async {
        for problem in problems(count) {
            let cheats = family.cheatResponses(for: problem)
            #expect(Set(cheats.map(\.name)).count == cheats.count && cheats.count >= 4)
            for (name, response) in cheats {
                let verdict = await family.verifier.verdict(on: response, for: problem)
                #expect(isRejected(verdict) && !verdict.feedback.isEmpty, "\(name) on \(problem.prompt)\(response)")
            }
        }
    }

    /// Demonstrations follow from the generator, have the form of a response and fit the card's token limit.
    func checkDemonstrations(_ count: Int) {
        var (first, second) = (seed("demonstrations").generator, seed("demonstrations").generator)
        for problem in problems(count) {
            let response = family.demonstration(for: problem, using: &first)
            #expect(response == family.demonstration(for: problem, using: &second))
            #expect(hasForm(response, of: problem), "\(problem.prompt)\(response)")
            #expect(turns(response).allSatisfy { $0.utf8.count < family.card.maximumResponseTokens })
        }
    }

    /// The share of right demonstrations among `count` problems of a level.
    func demonstratorAccuracy(level: Int, problems count: Int) async -> Double {
        var generator = seed("accuracy", level).generator
        var right = 0
        for _ in 0..<count {
            let problem = family.problem(level: level, using: &generator)
            let response = family.demonstration(for: problem, using: &generator)
            if await family.verifier.verdict(on: response, for: problem).isCorrect { right += 1 }
        }
        return Double(right) / Double(count)
    }

    /// The verifier's false positives and false negatives on `count` labelled items, with some of the items.
    func audit(_ count: Int) async -> AuditResult {
        var generator = seed("audit").generator
        var result = AuditResult()
        for item in family.auditItems(count: count, using: &generator) {
            let verdict = await family.verifier.verdict(on: item.response, for: item.problem)
            result.counts[item.kind, default: 0] += 1
            switch (item.kind, verdict) {
            case (.right, .correct), (.wrong, .wrong), (.adversarial, .wrong): continue
            case (.right, _): result.falseNegatives.append("\(item.problem.prompt)\(item.response): \(verdict)")
            default: result.falsePositives.append("\(item.kind) \(item.problem.prompt)\(item.response): \(verdict)")
            }
        }
        return result
    }

    /// Whether a verdict on something wrong is as it has to be: wrong, and worth nothing where the task has no partial credit.
    func isRejected(_ verdict: Verdict) -> Bool {
        guard case .wrong(let score, _) = verdict else { return false }
        return Self.graded.contains(family.card.slug) ? 0..<1 ~= score : score == 0
    }

    /// What the policy writes in each of its turns.
    private func turns(_ response: String) -> [Substring] {
        family.card.maximumTurns == 1 ? [response[...]] : response.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Whether a response is written as the family's responses are.
    private func hasForm(_ response: String, of problem: Problem) -> Bool {
        let lines = response.split(separator: "\n", omittingEmptySubsequences: false)
        let right = family.oracleResponse(for: problem)
        switch family.card.slug {
        case "keydoor": return lines.allSatisfy { KeydoorFamily.actions.contains(String($0)) }
        case "translation":
            let words = response.split(separator: " ")
            return words.count == right.split(separator: " ").count && words.allSatisfy { $0.wholeMatch(of: /[a-z]{4}(-[a-z]{2})*/) != nil }
        case "choice": return response.wholeMatch(of: /[0-9]+( [0-9]+)* [ABCD]/) != nil
        default:
            let isStep = { (line: Substring) in line.wholeMatch(of: /[1-9][0-9]{0,5}[-+*\/][1-9][0-9]{0,5}=[1-9][0-9]{0,5}/) != nil }
            return lines.count == right.split(separator: "\n").count && lines.allSatisfy(isStep)
        }
    }

    /// Families with partial credit.
    private static let graded = ["keydoor", "translation"]
}

/// What an audit found.
struct AuditResult: CustomStringConvertible {
    var counts: [AuditItem.Kind: Int] = [:]
    var falsePositives: [String] = []
    var falseNegatives: [String] = []

    var description: String {
        let (right, all) = (counts[.right, default: 0], counts.values.reduce(0, +))
        return """
            false positives \(falsePositives.count) of \(all - right) (rate \(rate(falsePositives, of: all - right))), \
            false negatives \(falseNegatives.count) of \(right) (rate \(rate(falseNegatives, of: right))); \
            for instance \((falsePositives + falseNegatives).prefix(3))
            """
    }

    private func rate(_ items: [String], of count: Int) -> Double {
        Double(items.count) / Double(max(1, count))
    }
}
