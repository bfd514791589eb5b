import Autodidact
import Randomness

extension StudyBench {
    /// Episodes on given problems that begin with random actions, each taken for the policy before it has its first turn.
    ///
    /// The forced actions are the same for every arm and seed; no policy made them, so no policy has trained on these beginnings.
    ///
    /// - Parameters:
    ///   - forced: How many random actions come first.
    ///   - actions: What they are drawn from.
    /// - Throws: What environments and policy throw.
    func episodes(
        on problems: [Problem], of family: any TaskFamily, afterForced forced: Int, actions: [String], options: SamplingOptions
    ) async throws -> [InteractionState] {
        let root = SeedTree(root: 0x666F_7263_6564)
        var states: [InteractionState] = []
        for problem in problems {
            var generator = root("actions", forced)(named: problem.id).generator
            var state = try InteractionState(problem, environment: family.environment(for: problem), policy: policy)
            for _ in 0..<forced where state.outcome == nil {
                let action = actions[generator.index(below: actions.count)]
                state = try await state.after(try .written(action, as: policy, isTrainable: false), stopReason: .endOfText, by: policy)
            }
            states.append(state)
        }
        for turn in 0..<family.card.maximumTurns {
            let open = states.indices.filter { states[$0].outcome == nil }
            if open.isEmpty { break }
            let requests = open.map {
                SamplingRequest(prompt: states[$0].tokens, count: 1, key: root("turn", turn, forced)(named: problems[$0].id))
            }
            let completions = try await policy.sample(requests, options: options).compactMap(\.first)
            count(evaluated: completions.reduce(0) { $0 + $1.tokens.count })
            for (place, completion) in zip(open, completions) { states[place] = try await states[place].after(completion, by: policy) }
        }
        return states
    }
}

/// How episodes in an environment went.
struct InteractionFigures {
    /// The share that ended right.
    let success: Double
    /// The mean score.
    let score: Double
    /// The share of the policy's steps that repeat an action at a state where it had been taken before.
    let loopRate: Double
    /// The mean number of turns.
    let turns: Double

    /// The figures of finished episodes, whose first `forced` steps were not the policy's.
    init(_ states: [InteractionState], forced: Int = 0) {
        let count = Double(max(1, states.count))
        success = Double(states.count { $0.outcome?.isCorrect ?? false }) / count
        score = states.reduce(0) { $0 + ($1.outcome?.reward ?? 0) } / count
        var (steps, repeated) = (0, 0)
        for state in states {
            var seen: Set<String> = []
            // The first state is told at the end of the prompt, as later ones are by observations.
            var before = state.problem.prompt.split(separator: "\n").last.map { $0 + "\n" } ?? ""
            for (index, step) in state.steps.enumerated() {
                let isNew = seen.insert(before + "\n" + step.action).inserted
                if index >= forced {
                    steps += 1
                    repeated += isNew ? 0 : 1
                }
                before = step.observation
            }
        }
        loopRate = Double(repeated) / Double(max(1, steps))
        turns = states.reduce(0) { $0 + Double($1.steps.count) } / count
    }
}
