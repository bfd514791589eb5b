import Autodidact

/// Measures whether weights can be loaded without the optimiser's memory that was saved with them: SkyRL-tx 0.3.0 always loads both.
struct LoadProbe {
    let session: Session
    let adapter: CreateModel.LoRA
    /// Some tokens of the vocabulary, at least two different ones.
    let tokens: [TokenID]

    /// A scratch adapter learns with momentum and is saved; another takes its weights alone and makes a step without gradient.
    ///
    /// Momentum that came along moves it, by a good part of what the first step did.
    func loadsWeightsAlone() async throws -> Bool {
        let first = try await session.model(adapter)
        var bench = ProbeBench(on: first, tokens: tokens)
        _ = try await bench.calibrate()
        let before = try await bench.reading()
        try await bench.push(ProbeBench.unit, at: before)
        _ = try await first.step(bench.adam(momentum: Self.momentum), isKnownAgain: false)
        let moved = Double(try await bench.reading()) - Double(before)
        let path = try await first.save(as: "probe")
        try await first.unload()

        let second = try await session.model(adapter)
        guard try await second.load(path, optimizer: false) else { return false }
        let other = ProbeBench(on: second, tokens: tokens, rate: bench.rate)
        let loaded = try await other.reading()
        try await other.push([[ProbeBench.Entry(positions: ProbeBench.short, advantage: 0)]], at: loaded)
        _ = try await second.step(other.adam(momentum: Self.momentum), isKnownAgain: false)
        let drift = Double(try await other.reading()) - Double(loaded)
        try await second.unload()
        return abs(drift) < abs(moved) / 5
    }

    private static let momentum: Float = 0.9
}
