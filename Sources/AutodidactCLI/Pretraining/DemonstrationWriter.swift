import Autodidact
import Randomness
import TaskLibrary

/// Writes demonstrations of one family, in the texts of `FeedbackPrompts` where they judge.
struct DemonstrationWriter: Sendable {
    let family: any ProceduralFamily
    /// How probably a judgement is replaced by a random one.
    let labelNoise: Double

    /// How often a response of the wanted kind is looked for.
    private static let tries = 40

    /// A demonstration about a problem.
    func parts(_ form: DemonstrationForm, of problem: Problem, using generator: inout KeyedGenerator) async -> [DemonstrationPart] {
        switch form {
        case .answer: answer(problem, using: &generator)
        case .revision: answer(problem, using: &generator) + [.shown(FeedbackPrompts.revision)] + secondAnswer(problem, using: &generator)
        case .yesNo: await verdict(on: problem, using: &generator)
        case .score: await score(on: problem, using: &generator)
        case .step: step(of: problem, using: &generator)
        }
    }

    private func answer(_ problem: Problem, using generator: inout KeyedGenerator) -> [DemonstrationPart] {
        let response = family.demonstration(for: problem, using: &generator)
        guard let keydoor = family as? KeydoorFamily else { return [.shown(problem.prompt), .written(response)] }
        let turns = keydoor.turns(of: response.split(separator: "\n"), on: problem)
        return [.shown(problem.prompt)]
            + turns.flatMap { turn in
                [.written(turn.action)] + (turn.observation.isEmpty ? [] : [DemonstrationPart.shown(turn.observation)])
            }
    }

    private func secondAnswer(_ problem: Problem, using generator: inout KeyedGenerator) -> [DemonstrationPart] {
        [.written(family.demonstration(for: problem, using: &generator))]
    }

    /// Right and wrong responses in equal numbers, the wrong ones by the demonstrator's mistakes or by one changed digit.
    private func verdict(on problem: Problem, using generator: inout KeyedGenerator) async -> [DemonstrationPart] {
        let isRightWanted = generator.index(below: 2) == 0
        var response = family.oracleResponse(for: problem)
        if !isRightWanted && generator.index(below: 2) == 0 {
            response = ResponseCorruption.digitChanged(in: response, using: &generator)
        } else {
            for _ in 0..<Self.tries {
                let candidate = family.demonstration(for: problem, using: &generator)
                guard await family.verifier.verdict(on: candidate, for: problem).isCorrect == isRightWanted else { continue }
                response = candidate
                break
            }
        }
        var isRight = await family.verifier.verdict(on: response, for: problem).isCorrect
        if generator.uniform() < labelNoise { isRight = generator.index(below: 2) == 0 }
        let answers = FeedbackPrompts.yesNoAnswers
        return [
            .shown(FeedbackPrompts.yesNo(prompt: problem.prompt, response: response)), .written(isRight ? answers.yes : answers.no),
        ]
    }

    /// The exact score in tens, of responses with up to three words changed.
    private func score(on problem: Problem, using generator: inout KeyedGenerator) async -> [DemonstrationPart] {
        let isOracle = generator.index(below: 2) == 0
        var response = isOracle ? family.oracleResponse(for: problem) : family.demonstration(for: problem, using: &generator)
        let other = family.oracleResponse(for: family.problem(level: problem.level, using: &generator))
        for _ in 0..<generator.index(below: 4) {
            response = ResponseCorruption.wordChanged(in: response, strangers: other, using: &generator)
        }
        let verdict = await family.verifier.verdict(on: response, for: problem)
        let answers = FeedbackPrompts.scoreAnswers
        var place = Int(((verdict.reward ?? 0) * Double(answers.count - 1)).rounded())
        if generator.uniform() < labelNoise { place = generator.index(below: answers.count) }
        return [.shown(FeedbackPrompts.score(prompt: problem.prompt, response: response)), .written(answers[place])]
    }

    private func step(of problem: Problem, using generator: inout KeyedGenerator) -> [DemonstrationPart] {
        var (prompt, isGood) = judgedStep(of: problem, using: &generator)
        if generator.uniform() < labelNoise { isGood = generator.index(below: 2) == 0 }
        let answers = FeedbackPrompts.stepAnswers
        return [.shown(prompt), .written(isGood ? answers.good : answers.bad)]
    }

    /// Asks about an action after a while of the demonstrator's play, good and bad ones in equal numbers, with the exact answer.
    func judgedStep(of problem: Problem, using generator: inout KeyedGenerator) -> (prompt: String, isGood: Bool) {
        guard let keydoor = family as? KeydoorFamily else { preconditionFailure("\(family.card.slug) has no steps to judge") }
        let actions = family.demonstration(for: problem, using: &generator).split(separator: "\n").map(String.init)
        let played = Array(actions.prefix(generator.index(below: max(1, actions.count - 1))))
        let candidates = KeydoorFamily.actions.map { keydoor.turns(of: played + [$0], on: problem) }
        let isGoodWanted = generator.index(below: 2) == 0
        let wanted = candidates.filter { $0.last?.isGood == isGoodWanted }
        let choices = wanted.isEmpty ? candidates : wanted
        let turns = choices[generator.index(below: choices.count)]
        let transcript = FeedbackPrompts.transcript(prompt: problem.prompt, turns: turns.map { ($0.action, $0.observation) })
        return (FeedbackPrompts.step(transcript: transcript), turns.last?.isGood ?? false)
    }
}
