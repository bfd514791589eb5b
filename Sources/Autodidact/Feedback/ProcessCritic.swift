public import Randomness

/// A process reward model without a head: a policy that is asked after each step of a response whether all is right so far.
///
/// Trained on Monte Carlo values of steps (Math-Shepherd, arXiv:2312.08935): the label of a step is yes where at least one continuation
/// from it ends in a correct response, its hard label. Read as P(yes) of `LabelProbe.isCorrect` on the text so far.
public struct ProcessCritic: Sendable {
    /// Who is asked.
    public let policy: any Policy
    /// Where steps end.
    public let segmenter: StepSegmenter

    /// A critic that already is one.
    public init(policy: any Policy, segmenter: StepSegmenter) {
        self.policy = policy
        self.segmenter = segmenter
    }

    /// The critic that a copy of the policy becomes by learning from the steps of these episodes.
    ///
    /// Steps of unknown value teach nothing. Draws are named by `key`.
    /// - Parameter continuations: How often each step is continued by the workshop's policy to find its value.
    /// - Throws: What sampling and training throw.
    public static func trained(
        _ student: Critic, on episodes: [Episode], continuations: Int, options: SamplingOptions, segmenter: StepSegmenter,
        plan: TrainingPlan, key: SeedTree, in workshop: Workshop
    ) async throws -> ProcessCritic {
        let policy = workshop.policy
        let prefixes = episodes.flatMap { ResponsePrefix.all(of: $0, by: segmenter) { policy.decode($0) } }
        let values = try await workshop.values(of: prefixes, samples: continuations, options: options, key: key)
        let lessons = try zip(prefixes, values).compactMap { prefix, value in
            try value.map { value in
                try probe(prefix).lesson(value > 0 ? 0 : 1, about: prefix.problem.question, for: student)
            }
        }
        if !lessons.isEmpty { try await workshop.train(student, on: lessons, objective: SupervisedFineTuning(), plan: plan) }
        return ProcessCritic(policy: student, segmenter: segmenter)
    }

    /// The lowest P(yes) over the steps of each episode's response, 0…1; 0 where a response has no step, nil where one cannot be read.
    ///
    /// - Throws: What the policy throws.
    public func lowestProbabilities(of episodes: [Episode], in workshop: Workshop) async throws -> [Double?] {
        let learner = workshop.policy
        let probes = episodes.map { ResponsePrefix.all(of: $0, by: segmenter) { learner.decode($0) }.map(Self.probe) }
        var places: [LabelProbe: Int] = [:]
        var distinct: [LabelProbe] = []  // each text is asked about once: small policies repeat themselves
        for probe in probes.joined() where places[probe] == nil {
            places[probe] = distinct.count
            distinct.append(probe)
        }
        let said = try await workshop.probability(of: distinct, by: policy)
        return probes.map { steps in
            let words: [Double?] = steps.compactMap { places[$0] }.map { said[$0] }
            // What the critic would say of a step that it cannot read may be lower still.
            return words.contains(nil) ? nil : words.compactMap(\.self).min() ?? 0
        }
    }

    private static func probe(_ prefix: ResponsePrefix) -> LabelProbe {
        .isCorrect(prefix.text, leadingTo: prefix.problem.question)
    }
}
