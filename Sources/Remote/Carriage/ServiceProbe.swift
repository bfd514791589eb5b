import Autodidact

/// Measures what a service does with known small computations, on adapters that nobody uses.
///
/// Weight decay is not tried: on SkyRL-tx 0.3.0 a step with it shrinks every adapter of the service, those of others too.
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
            return ServiceTraits(
                divisor: divisor, knowsRequestsAgain: knowsAgain, clipsGradients: clips,
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

    /// The effect of a plain step is the rate times the squared norm of the gradient, so the norm is known; a quarter of it is asked for.
    private func clipsGradients(on bench: ProbeBench, unit: Double, divisor: LossDivisor) async throws -> Bool {
        let alone = LossDivisor.Extent.of([ProbeBench.short])
        let divided = divisor.value(positions: ProbeBench.short, request: alone, step: alone)
        // effect = rate · |g|²/d, and the gradient that the service has is g/d.
        let norm = (unit / (Double(bench.rate) * divided)).squareRoot()
        let clipped = try await bench.effect(of: ProbeBench.unit, clip: Float(norm / 4))
        return clipped < unit / 2
    }
}
