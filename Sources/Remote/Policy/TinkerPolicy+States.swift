public import Autodidact

extension TinkerPolicy {
    /// Has the service save weights and optimiser, and says where they are and how they are known again.
    ///
    /// A state that this process has saved before is not saved twice.
    public func snapshot() async throws -> PolicySnapshot { try await state().snapshot }

    /// The state as it is, saved.
    func state() async throws -> RemoteState {
        try check()
        if let known = saved.first(where: { isCurrent($0) }) { return known }
        let path = try await model.save(as: "s\(saved.count + 1)-\(lineage.short)")
        let place = RemoteState.Place(path: path, weights: lineage, memory: memory, fingerprint: try await fingerprintNow())
        let state = RemoteState(weights: weights(lineage), place: place)
        saved.append(state)
        return state
    }

    /// Whether the model is in a state.
    func isCurrent(_ state: RemoteState) -> Bool {
        state.weights == weights(lineage) && state.isWhole && state.place.memory == memory
    }

    /// What names weights of this model.
    func weights(_ lineage: Lineage) -> RemoteState.Weights {
        RemoteState.Weights(baseModel: session.address.baseModel, rank: options.rank, lineage: lineage)
    }

    /// The logprobs by which weights are known again.
    func fingerprintNow() async throws -> [Float] {
        try await Self.logprobs(of: [fingerprint.sequence], by: model, limits: options.limits)[0]
    }

    /// The lineage of an optimiser that remembers nothing.
    var noMemory: Lineage { Lineage(baseModel: session.address.baseModel, adapter: options.adapter) }

    /// A copy of the policy as it is now: another adapter at the same service, that nobody trains.
    public func frozen() async throws -> any Policy { try await duplicate(of: try await state()) }

    /// A copy of the policy as it is now that learns on its own, from an optimiser without memory.
    ///
    /// - Throws: `TinkerError.unsupported` where the service loads an optimiser's memory with the weights, and there is one.
    public func copy() async throws -> any TrainablePolicy {
        let state = try await state()
        if memory == noMemory { return try await duplicate(of: state) }
        let place = RemoteState.Place(path: "", weights: noMemory, memory: noMemory, fingerprint: [])
        return try await duplicate(of: RemoteState(weights: state.weights, place: place))
    }

    private func duplicate(of state: RemoteState) async throws -> TinkerPolicy {
        let copy = TinkerPolicy(
            name: name, text: text, options: options, traits: traits, session: session, model: try await session.model(options.adapter),
            lineage: noMemory, fingerprint: fingerprint, isSessionOwner: false, onReading: onReading)
        try await copy.take(state, from: self)
        return copy
    }

    /// Becomes what another policy knows how to load.
    private func take(_ state: RemoteState, from other: TinkerPolicy) async throws {
        (saved, loadsWeightsAlone) = await (other.saved, other.loadsWeightsAlone)
        try await load(state)
    }
}
