public import Autodidact

extension TinkerPolicy {
    /// Mean |Δ| of a fingerprint beyond which a state is not the one that was saved, nats.
    private static let fingerprintTolerance = 0.05

    /// Has the service load a saved state, and proves by its fingerprint that it did.
    ///
    /// The weights of one state go with an optimiser that remembers nothing, where the service loads weights alone, and with no other.
    /// - Throws: `TinkerError`.
    public func restore(_ snapshot: PolicySnapshot) async throws {
        let state = try RemoteState(snapshot, url: url)
        guard state.weights == weights(state.weights.lineage) else {
            throw TinkerError.unusable(
                reason: "the snapshot is of '\(state.weights.baseModel)' with rank \(state.weights.rank), not of "
                    + "'\(session.address.baseModel)' with rank \(options.rank)")
        }
        if doubt == nil, isCurrent(state) {
            (accumulated, isFinite) = ([], true)
            return
        }
        try await load(state)
    }

    /// Loads a state; nothing is changed where it cannot be.
    func load(_ state: RemoteState) async throws {
        if state.isWhole {
            try await replace { try await self.loadWhole(state.place.path) }
            try await settle(weights: state.weights, memory: state.place.memory, fingerprint: state.place.fingerprint)
            if !saved.contains(state) { saved.append(state) }
            return
        }
        guard state.place.memory == noMemory else {
            throw TinkerError.unsupported(
                url: url, what: "the weights of one state with the optimiser of another",
                remedy: "use a schedule that keeps the optimiser with the weights, or forgets it")
        }
        guard let known = saved.first(where: { $0.weights == state.weights && $0.isWhole }) else {
            throw TinkerError.unusable(reason: "it is not known where the weights of the snapshot are; restore them whole first")
        }
        guard try await loadsAlone() else {
            throw TinkerError.unsupported(
                url: url, what: "weights of a model that has learned, without its optimiser's memory",
                remedy: "keep the optimiser, copy the model that the run began with, or use a newer service")
        }
        try await replace { try await self.loadAlone(known.place.path) }
        try await settle(weights: known.weights, memory: noMemory, fingerprint: known.place.fingerprint)
    }

    /// Measured when it is first asked for.
    private func loadsAlone() async throws -> Bool {
        if let loadsWeightsAlone { return loadsWeightsAlone }
        let loads = try await LoadProbe(session: session, adapter: options.adapter, tokens: fingerprint.tokens).loadsWeightsAlone()
        loadsWeightsAlone = loads
        return loads
    }

    /// Does something after which the model is another; gradients that a failed step may have left at the service are cleared before, by
    /// a step of length 0, whose trace in the optimiser what is loaded replaces.
    private func replace(_ body: () async throws -> Void) async throws {
        let wasInDoubt = doubt != nil
        doubt = "a saved state was being loaded"
        (accumulated, isFinite, witness, served) = ([], true, nil, nil)
        if wasInDoubt {
            let adam = OptimStep.Adam(learningRate: 0, beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0, gradClipNorm: 0)
            do { _ = try await model.step(adam, isKnownAgain: true) } catch let error as TinkerError {
                // A model that has no gradients may refuse it.
                guard error.isAboutRequest else { throw error }
            }
        }
        try await body()
    }

    private func loadWhole(_ path: String) async throws {
        if try await model.load(path, optimizer: true) { return }
        try await loadIntoNew(path, optimizer: true)
    }

    /// Always into a new model: what a model keeps of its own memory is not said anywhere.
    private func loadAlone(_ path: String) async throws { try await loadIntoNew(path, optimizer: false) }

    private func loadIntoNew(_ path: String, optimizer: Bool) async throws {
        try await model.unload()
        model = try await session.model(options.adapter)
        guard try await model.load(path, optimizer: optimizer) else {
            throw TinkerError.unsupported(url: url, what: "loading of saved weights into a new model", remedy: "check its version")
        }
    }

    /// The model is what it should be, or an error says that it is not.
    private func settle(weights: RemoteState.Weights, memory: Lineage, fingerprint: [Float]) async throws {
        let now = try await fingerprintNow()
        guard now.count == fingerprint.count else {
            throw TinkerError.unusable(reason: "the snapshot has another fingerprint; it was made with other files of the model")
        }
        let difference = MismatchReading(sampler: fingerprint, trainer: now)
        guard difference.meanAbsolute <= Self.fingerprintTolerance else {
            throw TinkerError.inconsistent(url: url, reason: "a loaded state is not the one that was saved (\(difference))")
        }
        (lineage, self.memory, doubt) = (weights.lineage, memory, nil)
    }
}
