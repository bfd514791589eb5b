public import Randomness

/// A workshop for recipes that claim to need no verifier: questions instead of problems, attempts instead of judged episodes.
///
/// No reference and no verdict can be reached from here. The attempts are judged all the same where the task has a verifier, but only
/// for the record, so that a report can hold the recipe's own reward against the truth.
public struct BlindWorkshop: Sendable {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    /// The number of the generation, from 1 up.
    public var generation: Int { workshop.generation }
    /// The root of this generation's random keys.
    public var seed: SeedTree { workshop.seed }
    /// The task that is practised.
    public var task: TaskCard { workshop.task }
    /// The policy, to encode, sample and score with; it learns through the workshop only.
    public var policy: any Policy { workshop.policy }

    /// The next training questions; see `Workshop.problems`.
    public func questions(_ count: Int) async throws -> [Question] { try await workshop.problems(count).map(\.question) }

    /// Attempts at training questions, in the order of the questions; see `Workshop.rollouts`.
    public func attempts(on questions: [Question], samplesPerQuestion: Int, options: SamplingOptions) async throws -> [[Attempt]] {
        let problems = await workshop.problems(behind: questions)
        let groups = try await workshop.rollouts(on: problems, samplesPerProblem: samplesPerQuestion, options: options)
        return groups.map { $0.map(\.attempt) }
    }

    /// The final answer that a response commits to; nil where it states none.
    public func answer(in attempt: Attempt) -> String? { workshop.family.answer(in: attempt.response, to: attempt.question) }

    /// Options for sampling responses to this task.
    public func sampling(temperature: Float, maximumTokens: Int = 0) -> SamplingOptions {
        workshop.sampling(temperature: temperature, maximumTokens: maximumTokens)
    }

    /// Continuations of raw prompts; see `Workshop.continuations`.
    public func continuations(
        of requests: [SamplingRequest], options: SamplingOptions, by policy: (any Policy)? = nil
    ) async throws -> [[Completion]] {
        try await workshop.continuations(of: requests, options: options, by: policy)
    }

    /// The logprobs of given tokens; see `Workshop.logprobs`.
    public func logprobs(of sequences: [ScoredSequence], under policy: (any Policy)? = nil) async throws -> [Logprobs<FullVocabulary>] {
        try await workshop.logprobs(of: sequences, under: policy)
    }

    /// Notes what was left out because it is too long; see `Workshop.countTooLong`.
    public func countTooLong(_ count: Int, as kind: TooLong) async { await workshop.countTooLong(count, as: kind) }

    /// A copy of the policy that does not learn; see `Workshop.reference`.
    public func reference(_ point: ReferencePoint) async throws -> any Policy { try await workshop.reference(point) }

    /// What a judge writes to score something.
    func writtenScores(
        to requests: [SamplingRequest], options: SamplingOptions, by judge: any Policy
    ) async throws -> [[Completion]] {
        try await workshop.writtenScores(to: requests, options: options, by: judge)
    }

    /// The examples with a reference's logprobs; see `Workshop.scored`.
    public func scored(_ examples: [TrainingExample], by reference: any Policy) async throws -> [TrainingExample] {
        try await workshop.scored(examples, by: reference)
    }

    /// Brings the policy to where the schedule's training starts; see `Workshop.begin`.
    public func begin(_ schedule: RoundSchedule) async throws { try await workshop.begin(schedule) }

    /// One optimiser step; see `Workshop.step`.
    public func step(on examples: [TrainingExample], objective: any Objective, optimizer: OptimizerParameters) async throws {
        try await workshop.step(on: examples, objective: objective, optimizer: optimizer)
    }

    /// Passes over examples as planned; see `Workshop.train`.
    public func train(on examples: [TrainingExample], objective: any Objective, plan: TrainingPlan) async throws {
        try await workshop.train(on: examples, objective: objective, plan: plan)
    }

    /// Records a figure of the generation.
    public func record(_ name: String, _ value: Double) async { await workshop.record(name, value) }

    /// Tells the record which attempts were chosen to learn from: it alone knows how many of them are right.
    public func recordSelection(_ attempts: [Attempt]) async { await workshop.recordSelection(attempts.map(\.origin)) }

    /// Tells the record the recipe's own rewards, which it holds against the truth.
    public func recordRewards(_ rewards: [(attempt: Attempt, reward: Double)]) async {
        await workshop.recordRewards(rewards.map { ($0.attempt.origin, $0.reward) })
    }
}

extension Workshop {
    /// This workshop for recipes that claim to need no verifier.
    public nonisolated var blind: BlindWorkshop { BlindWorkshop(self) }
}
