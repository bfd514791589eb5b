import Autodidact
import Foundation
import Randomness

extension Sharpening {
    /// A complete response, scored by the base, with what it is worth.
    struct Candidate {
        let attempt: Attempt
        let example: TrainingExample
        let reward: Double
    }

    /// Complete responses of the policy to each question, with their rewards.
    func candidates(for questions: [Question], in workshop: BlindWorkshop, base: any Policy) async throws -> [[Candidate]] {
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let attempts_P = try await workshop.attempts(on: questions, samplesPerQuestion: settings.samplesPerQuestion, options: options)
            .map { $0.filter(\.isComplete) }
        var scored = try await workshop.scored(attempts_P.joined().map { TrainingExample($0) }, by: base)[...]
        var groups_P: [[Candidate]] = []
        for attempts in attempts_P {
            let examples = Array(scored.prefix(attempts.count))
            scored = scored.dropFirst(attempts.count)
            let answers = settings.reward == .majority ? attempts.map { workshop.answer(in: $0) } : []
            let winner = Votes(answers).winner(key: workshop.seed("vote")(named: attempts.first?.question.id ?? ""))
            groups_P.append(
                attempts.indices.map { i in
                    let isWinner = winner != nil && answers[i] == winner
                    let reward = settings.reward == .majority ? (isWinner ? 1 : 0) : ownReward(of: examples[i])
                    return Candidate(attempt: attempts[i], example: examples[i], reward: reward)
                })
        }
        await recordSharpness(of: groups_P, in: workshop)
        return groups_P
    }

    /// log π_base of the response, for each token where lengths are to be compared fairly.
    private func ownReward(of example: TrainingExample) -> Double {
        let logprobs = example.sequence.reference ?? Logprobs([])
        return settings.reward == .lengthNormalized ? logprobs.sum / Double(max(1, logprobs.count)) : logprobs.sum
    }

    /// Each response of the policy beside one of the base to the same question.
    func explored(
        _ groups_P: [[Candidate]], in workshop: BlindWorkshop, base: any Policy, round: Int
    ) async throws -> [TrainingExample] {
        let asked = groups_P.filter { !$0.isEmpty }
        let requests = asked.map { group in
            let example = group[0].example
            let key = workshop.seed("reference", round)(named: example.question.id)
            return SamplingRequest(prompt: example.sequence.context, count: group.count, key: key)
        }
        let options = workshop.sampling(temperature: settings.temperature, maximumTokens: settings.maximumTokens)
        let drawn = try await workshop.continuations(of: requests, options: options, by: base)
        let pairs = zip(asked, drawn).flatMap { group, completions in
            zip(group, completions).filter { $1.isComplete(as: base.decode($1.tokens)) }.map { own, other in
                let sequence = TrainingSequence(context: own.example.sequence.context, targets: other.tokens, behavior: other.logprobs)
                return (own: own, other: TrainingExample(question: own.example.question, sequence: sequence))
            }
        }
        let others = try await workshop.scored(pairs.map(\.other), by: base)
        return zip(pairs, others).enumerated().flatMap { group, pair in
            PreferencePair(
                pair.0.own.example, reward: Float(pair.0.own.reward), pair.1, reward: Float(ownReward(of: pair.1)),
                secondIsReferenceSample: true
            ).examples(group: group)
        }
    }

    /// How sharp the policy that sampled already is.
    private func recordSharpness(of groups_P: [[Candidate]], in workshop: BlindWorkshop) async {
        await workshop.recordRewards(groups_P.joined().map { ($0.attempt, $0.reward) })
        for group in groups_P {
            let best = group.max { ($0.example.sequence.reference?.sum ?? 0) < ($1.example.sequence.reference?.sum ?? 0) }
            guard let best, let own = best.example.sequence.behavior, let reference = best.example.sequence.reference else { continue }
            await workshop.record("sharpness/mass_on_best", exp(own.sum))
            await workshop.record("sharpness/best_logprob", reference.sum)
            let all = group.compactMap(\.example.sequence.reference?.sum)
            await workshop.record("sharpness/mean_logprob", all.reduce(0, +) / Double(all.count))
        }
    }
}
