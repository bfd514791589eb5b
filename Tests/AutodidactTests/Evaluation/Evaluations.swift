import Autodidact
import Randomness

/// Evaluations made for tests.
enum Evaluations {
    /// One of `samples` samples each, with these counts of correct ones and these greedy responses (all wrong unless given);
    /// `flagged` counts by probe the responses to each problem, and makes the conduct where none is given.
    static func make(
        correct: [Int], judged: [Int]? = nil, greedy: [Bool?]? = nil, samples: Int = 8, temperature: Float = 1, hash: String = "",
        meanTokens: Double = 0, unscorable: Int = 0, conduct: Conduct? = nil,
        flagged: [String: [Int]] = [:], skills: [String: [Int]] = [:]
    ) -> EvaluationResult {
        let seen = Conduct(responses: correct.count * (samples + 1), flagged: flagged.mapValues { $0.reduce(0, +) })
        let outcomes = correct.indices.map { i in
            ProblemOutcome(
                problem: "p\(i)", level: 1, judged: judged?[i] ?? samples, correct: correct[i], greedy: greedy.map { $0[i] } ?? false,
                flagged: flagged.mapValues { $0[i] })
        }
        return EvaluationResult(
            split: .heldOut, samplesPerProblem: samples, temperature: temperature, weightsHash: hash, outcomes: outcomes,
            tokens: 0, meanTokens: meanTokens, unscorable: unscorable, conduct: conduct ?? (flagged.isEmpty ? nil : seen),
            skills: skills.sorted { $0.key < $1.key }.map { SkillResult(name: $0.key, result: make(correct: $0.value, samples: samples)) })
    }

    /// What a policy does that solves problem i with `chance_P[i]`.
    static func draw(_ chance_P: [Double], samples: Int = 8, using generator: inout KeyedGenerator) -> EvaluationResult {
        let correct = chance_P.map { chance in (0..<samples).count { _ in generator.uniform() < chance } }
        return make(correct: correct, greedy: chance_P.map { generator.uniform() < $0 }, samples: samples)
    }
}
