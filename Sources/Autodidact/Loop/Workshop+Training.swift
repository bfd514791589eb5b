import Randomness

extension Workshop {
    /// One optimiser step on all of `examples` together.
    ///
    /// A gradient that is not finite is not applied; three in a row end the generation. Every example must fit into the learner's context,
    /// as what was sampled does; `train` leaves out what does not.
    /// - Parameter critic: Who learns in the policy's place; its figures are recorded under `critic/`.
    /// - Throws: `WorkshopError`, `CancellationError`, or what the policy throws.
    public func step(
        _ critic: Critic? = nil, on examples: [TrainingExample], objective: any Objective, optimizer: OptimizerParameters
    ) async throws {
        precondition(!examples.isEmpty, "a step needs at least one example")
        try Task.checkCancellation()
        for example in examples {
            try heldOut.check(example)
            try check(example, carries: objective.requirements)
        }
        let student = critic?.learner ?? learner
        let (report, outcome) = try await student.learn(
            from: TrainingBatch(examples.map(\.sequence)), objective: objective, parameters: optimizer)
        meter.charge(.train)
        if critic == nil {
            try count(report, outcome, sequences: examples.count, learningRate: optimizer.learningRate)
        } else {
            try tally.addCritic(report, outcome, sequences: examples.count)
        }
    }

    /// Passes over all examples in steps, as planned; each epoch in an order of its own.
    ///
    /// Examples of one group stay in one step where the objective compares them. What does not fit into the learner's context is left out,
    /// a group that is compared as a whole, and counted as `lessons/too_long`; where nothing is left, nothing is learned.
    /// - Parameter critic: Who learns in the policy's place.
    /// - Throws: `WorkshopError`, `CancellationError`, or what the policy throws.
    public func train(
        _ critic: Critic? = nil, on examples: [TrainingExample], objective: any Objective, plan: TrainingPlan
    ) async throws {
        let shuffle = seed("shuffle", trainings)
        trainings += 1
        var step = 0
        let wholes = objective.comparesGroups ? groups(of: examples) : examples.map { [$0] }
        let fits = await readable(wholes.map { $0.map(\.neededContext).max() ?? 0 }, by: critic?.learner ?? learner, as: .lessons)
        let units = zip(wholes, fits).filter(\.1).map(\.0)
        let count = units.reduce(0) { $0 + $1.count }
        for epoch in 0..<plan.epochs {
            let order = permutation(of: units.count, key: shuffle("epoch", epoch))
            for batch in plan.batches(examples: count, units: units.count) {
                let chosen = order[batch].flatMap { units[$0] }
                try await self.step(critic, on: chosen, objective: objective, optimizer: plan.optimizer(atStep: step))
                step += 1
            }
        }
    }

    /// Brings policy and optimiser to where the schedule's training starts; called after sampling and before the first step.
    ///
    /// - Throws: What the policy throws.
    public func begin(_ schedule: RoundSchedule) async throws {
        precondition(tally.steps == 0, "a schedule decides where training starts, and it has started")
        guard schedule.start == .restart || schedule.optimizer == .reset else { return }
        let weights = schedule.start == .restart ? base : start
        let optimizer = schedule.optimizer == .reset ? base.optimizer : start.optimizer
        try await learner.restore(PolicySnapshot(weights: weights.weights, optimizer: optimizer))
        standing = (weights.weightsHash, 0)
        meter.charge(.train)
    }

    /// A copy of the policy that does not learn: as it began this generation, or as it began the run.
    ///
    /// - Throws: What the policy throws.
    public func reference(_ point: ReferencePoint) async throws -> any Policy {
        if let known = references[point] { return known }
        let reference = try await at(point) { try await learner.frozen() }
        references[point] = reference
        tally.addCopy(isCritic: false)
        return reference
    }

    /// A second policy that learns on its own, as the first began this generation, or as it began the run: a critic in the making.
    ///
    /// - Throws: What the policy throws.
    public func copy(of point: ReferencePoint) async throws -> Critic {
        let copy = Critic(try await at(point) { try await learner.copy() })
        tally.addCopy(isCritic: true)
        return copy
    }

    /// Takes something from the policy as it was at a point, and leaves it where it is.
    private func at<T: Sendable>(_ point: ReferencePoint, take: () async throws -> T) async throws -> T {
        defer { meter.charge(.train) }
        let wanted = point == .base ? base : start
        if tally.steps == standing.steps && wanted.weightsHash == standing.weightsHash { return try await take() }
        let now = try await learner.snapshot()
        try await learner.restore(wanted)
        let taken = try await take()
        try await learner.restore(now)
        return taken
    }

    /// The same examples with the logprobs that a reference policy gives their tokens.
    ///
    /// - Throws: `CancellationError`, or what the reference throws.
    public func scored(_ examples: [TrainingExample], by reference: any Policy) async throws -> [TrainingExample] {
        let sequences = examples.map { ScoredSequence($0.sequence) }
        return zip(examples, try await logprobs(of: sequences, under: reference, chargedTo: .train)).map { $0.referenced($1) }
    }

    private func check(_ example: TrainingExample, carries requirements: Set<ObjectiveRequirement>) throws(WorkshopError) {
        for requirement in requirements where !requirement.isMet(by: example.sequence) {
            throw .missingInput(requirement, problem: example.question.id)
        }
    }

    /// The examples of each group, in the order of their first ones.
    private func groups(of examples: [TrainingExample]) -> [[TrainingExample]] {
        var places: [Int: Int] = [:]
        var groups: [[TrainingExample]] = []
        for example in examples {
            if let place = places[example.sequence.group] {
                groups[place].append(example)
            } else {
                places[example.sequence.group] = groups.count
                groups.append([example])
            }
        }
        return groups
    }

    /// Fisher and Yates, written out so that the order does not depend on the standard library's version.
    private func permutation(of count: Int, key: SeedTree) -> [Int] {
        var generator = key.generator
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, generator.index(below: last + 1))
        }
        return order
    }
}

/// A state of the policy that a reference can be taken from.
public enum ReferencePoint: String, Sendable, Hashable, Codable {
    /// The incumbent that this generation began with.
    case generationStart
    /// The model that the run began with.
    case base
}
