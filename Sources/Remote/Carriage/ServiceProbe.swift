import Autodidact

/// Measures what a service does with known small computations, on adapters that nobody uses.
struct ServiceProbe {
    let session: Session
    let adapter: CreateModel.LoRA
    /// Some tokens of the vocabulary, at least two different ones.
    let tokens: [TokenID]
    /// Whether to measure which objectives the service computes itself.
    var measuresBuiltIns = true

    /// All traits.
    ///
    /// - Throws: `TinkerError`; `.unsupported` where gradients are scaled in a way that is not known, so that nothing can be carried.
    func traits() async throws -> ServiceTraits {
        let knowsAgain = try await onScratch { model in
            // SkyRL-tx 0.3.0 leaves gradients of whoever had this place before; a step of length 0 takes them away.
            let bench = ProbeBench(on: model, tokens: tokens)
            try await bench.push(ProbeBench.unit, at: try await bench.reading())
            return try await model.knowsRequestsAgain(bench.adam(rate: 0))
        }
        return try await onScratch { model in
            var bench = ProbeBench(on: model, tokens: tokens)
            let unit = try await bench.calibrate()
            let readings = try await bench.readings(unit: unit)
            guard let divisor = readings.divisor else {
                throw TinkerError.unsupported(
                    url: session.address.url, what: "sums of losses, or any known mean of them (\(readings))",
                    remedy: "a service that scales gradients otherwise cannot carry objectives exactly")
            }
            let clips = try await clipsGradients(on: bench, unit: unit, divisor: divisor)
            let sampler = try await SamplerProbe(model: model, tokens: tokens).traits()
            let builtIns =
                measuresBuiltIns ? try await BuiltInProbe(bench: bench, unit: unit, divisor: divisor).losses() : BuiltInLosses()
            let decays = try await decaysWeights(on: bench, model: model)
            return ServiceTraits(
                divisor: divisor, knowsRequestsAgain: knowsAgain, clipsGradients: clips, decaysWeights: decays,
                readsPrompts: sampler.readsPrompts, repeatsSamples: sampler.repeatsSamples,
                reportsOwnDistribution: sampler.reportsOwnDistribution, builtIns: builtIns)
        }
    }

    /// Does something with an adapter that is taken off afterwards.
    private func onScratch<Result>(_ body: (RemoteModel) async throws -> Result) async throws -> Result {
        let model = try await session.model(adapter)
        let result = try await body(model)
        try await model.unload()
        return result
    }

    /// The effect of a plain step is the rate times the squared norm of the gradient, so the norm is known, and a quarter of it is asked for.
    private func clipsGradients(on bench: ProbeBench, unit: Double, divisor: LossDivisor) async throws -> Bool {
        let alone = LossDivisor.Extent.of([ProbeBench.short])
        let divided = divisor.value(positions: ProbeBench.short, request: alone, step: alone)
        // effect = rate · |g|²/d, and the gradient that the service has is g/d.
        let norm = (unit / (Double(bench.rate) * divided)).squareRoot()
        let clipped = try await bench.effect(of: ProbeBench.unit, clip: Float(norm / 4))
        return clipped < unit / 2
    }

    /// A step up, then a step without gradient that halves all weights: the product of an adapter's matrices falls to a quarter.
    private func decaysWeights(on bench: ProbeBench, model: RemoteModel) async throws -> Bool {
        let before = try await bench.reading()
        try await bench.push(ProbeBench.unit, at: before)
        _ = try await model.step(bench.adam(), isKnownAgain: false)
        let raised = try await bench.reading()
        try await bench.push([[ProbeBench.Entry(positions: ProbeBench.short, advantage: 0)]], at: raised)
        let rate = 1 / (2 * Self.decay)
        _ = try await model.step(bench.adam(rate: rate / 1000, decay: Self.decay), isKnownAgain: false)
        let decayed = try await bench.reading()
        return abs(decayed - before) < 0.75 * abs(raised - before)
    }

    /// Weight decay that halves weights at the learning rate that the bench makes of `rate`.
    private static let decay: Float = 0.5
}
