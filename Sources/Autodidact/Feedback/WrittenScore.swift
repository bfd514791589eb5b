public import Randomness

extension BlindWorkshop {
    /// The score that a judge writes for each scale probe, 0…1; 0 where it does not write a number from 0 to 100.
    ///
    /// nil, and counted as `feedback/too_long`, where the judge's context has no room for probe and score: a number that was cut off would
    /// be another number.
    /// - Parameters:
    ///   - temperature: That of the judge.
    ///   - key: Names the draws.
    /// - Throws: What the policy throws.
    public func writtenScore(
        of probes: [LabelProbe], by judge: any Policy, temperature: Float = 1, key: SeedTree
    ) async throws -> [Double?] {
        let requests = try probes.enumerated().map {
            SamplingRequest(prompt: try judge.prompt(for: $1.prompt), count: 1, key: key("probe", $0))
        }
        let fits = await readable(requests.map { $0.prompt.count + Self.longestWrittenScore }, by: judge, as: .feedback)
        let asked = zip(requests, fits).filter(\.1).map(\.0)
        if asked.isEmpty { return fits.map { _ in nil } }
        let options = SamplingOptions(temperature: temperature, maximumTokens: Self.longestWrittenScore)
        var written = try await writtenScores(to: asked, options: options, by: judge)[...]
        return fits.map { isAsked in
            guard isAsked else { return nil }
            guard let text = written.popFirst()?.first.map({ judge.decode($0.tokens) }) else { return 0 }
            return score(in: text) ?? 0
        }
    }

    /// The most tokens of a written score: room for three digits, white space and the end, at one token a byte.
    package static var longestWrittenScore: Int { 8 }
}

extension Workshop {
    /// What a judge writes, metered; apart from other continuations, because it is far shorter.
    func writtenScores(
        to requests: [SamplingRequest], options: SamplingOptions, by judge: any Policy
    ) async throws -> [[Completion]] {
        try Task.checkCancellation()
        defer { meter.charge(.sample) }
        let completions = try await judge.sample(requests, options: options)
        tally.add(Array(completions.joined()), as: \.writtenScores)
        events(
            .progress(
                phase: .sample, done: tally.episodeCount, total: max(tally.episodeCount, budget.episodes), tokens: tally.tokensSampled))
        return completions
    }
}

/// The number from 0 to 100 that a text consists of, as a share; nil where it says anything else.
func score(in text: String) -> Double? {
    let digits = text.withoutOuterSpace
    guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    guard let number = Int(digits), number <= 100 else { return nil }
    return Double(number) / 100
}
