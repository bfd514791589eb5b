public import Autodidact

extension TinkerPolicy {
    /// Mean |Δ| of a fingerprint beyond which a state is not the one that was saved, nats.
    private static let fingerprintTolerance = 0.05

    /// Has the service save weights and optimiser, and says where they are and how they are known again.
    ///
    /// A state that this process has saved before is not saved twice.
    public func snapshot() async throws -> PolicySnapshot { try await state().snapshot }

    func state() async throws -> RemoteState {
        try check()
        let weights = RemoteState.Weights(baseModel: session.address.baseModel, rank: options.rank, lineage: lineage)
        if let known = saved[weights] { return known }
        let path = try await model.save(as: "s\(saved.count + 1)-\(lineage.short)")
        let place = RemoteState.Place(path: path, lineage: lineage, fingerprint: try await reading())
        let state = RemoteState(weights: weights, place: place)
        saved[weights] = state
        return state
    }

    private func reading() async throws -> [Float] {
        try await Self.logprobs(of: [fingerprint.sequence], by: model, limits: options.limits)[0]
    }

    /// Has the service load a saved state, and proves by its fingerprint that it did.
    ///
    /// Gradients that a failed step may have left at the service are cleared by a step of length 0, whose trace in the optimiser the state
    /// replaces.
    /// - Throws: `TinkerError`; `.unsupported` for weights of one state with the optimiser of another.
    public func restore(_ snapshot: PolicySnapshot) async throws {
        let state = try RemoteState(snapshot, url: url)
        let weights = RemoteState.Weights(
            baseModel: session.address.baseModel, rank: options.rank, lineage: state.weights.lineage)
        guard state.weights == weights else {
            throw TinkerError.unusable(
                reason: "the snapshot is of '\(state.weights.baseModel)' with rank \(state.weights.rank), not of "
                    + "'\(weights.baseModel)' with rank \(weights.rank)")
        }
        guard state.weights.lineage == state.place.lineage else {
            throw TinkerError.unsupported(
                url: url, what: "the weights of one state with the optimiser of another",
                remedy: "use a schedule that keeps both or restarts both")
        }
        if doubt == nil, state.weights.lineage == lineage, saved[state.weights] == state {
            (accumulated, isFinite) = ([], true)
            return
        }
        try await load(state)
    }

    private func load(_ state: RemoteState) async throws {
        let wasInDoubt = doubt != nil
        doubt = "a saved state was being loaded"
        (accumulated, isFinite, witness, served) = ([], true, nil, nil)
        if wasInDoubt { try await clearGradients() }
        if !(try await model.load(state.place.path, optimizer: true)) {
            try await model.unload()
            model = try await session.model(options.adapter)
            guard try await model.load(state.place.path, optimizer: true) else {
                throw TinkerError.unsupported(url: url, what: "loading of saved weights into a new model", remedy: "check its version")
            }
        }
        let difference = MismatchReading(sampler: state.place.fingerprint, trainer: try await reading())
        guard difference.meanAbsolute <= Self.fingerprintTolerance else {
            throw TinkerError.inconsistent(url: url, reason: "a loaded state is not the one that was saved (\(difference))")
        }
        lineage = state.weights.lineage
        saved[state.weights] = state
        doubt = nil
    }

    /// A step of length 0; a model that has no gradients may refuse it.
    private func clearGradients() async throws {
        let adam = OptimStep.Adam(learningRate: 0, beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0, gradClipNorm: 0)
        do { _ = try await model.step(adam, isKnownAgain: true) } catch let error as TinkerError {
            guard error.isAboutRequest else { throw error }
        }
    }

    /// A copy of the policy as it is now: another adapter at the same service, that nobody trains.
    public func frozen() async throws -> any Policy { try await duplicate() }

    /// A copy of the policy as it is now that learns on its own, from an optimiser without memory.
    ///
    /// - Throws: `TinkerError.unsupported` where the policy has learned: services load an optimiser's memory with the weights.
    public func copy() async throws -> any TrainablePolicy {
        guard lineage.steps == 0 else {
            throw TinkerError.unsupported(
                url: url, what: "a copy of a model that has learned, with an optimiser that has not",
                remedy: "take copies of the model that the run began with")
        }
        return try await duplicate()
    }

    private func duplicate() async throws -> TinkerPolicy {
        let state = try await state()
        let model = try await session.model(options.adapter)
        let copy = TinkerPolicy(
            name: name, text: text, options: options, traits: traits, session: session, model: model, lineage: lineage,
            fingerprint: fingerprint, isSessionOwner: false, onReading: onReading)
        try await copy.load(state)
        return copy
    }
}
