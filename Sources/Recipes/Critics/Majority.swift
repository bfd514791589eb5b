import Autodidact
import Randomness

/// The attempts at a question that give its most frequent answer.
struct Majority {
    let question: Question
    let attempts: [Attempt]
    let agreement: Double
    let entropy: Double

    /// The majority among attempts; nil where none states an answer.
    init?(of attempts: [Attempt], in workshop: BlindWorkshop) {
        let answers = attempts.map { workshop.answer(in: $0) }
        let votes = Votes(answers)
        guard let question = attempts.first?.question, let winner = votes.winner(key: workshop.seed("tie")(named: question.id)),
            let agreement = votes.agreement, let entropy = votes.entropy
        else { return nil }
        self.question = question
        self.attempts = zip(attempts, answers).filter { $1 == winner }.map(\.0)
        self.agreement = agreement
        self.entropy = entropy
    }

    /// The mean over the attempts of their mean logprob of a token, nats.
    var meanLogprob: Double {
        let means = attempts.flatMap(\.turns).compactMap(\.logprobs).filter { $0.count > 0 }.map { $0.sum / Double($0.count) }
        return means.reduce(0, +) / Double(max(1, means.count))
    }
}
