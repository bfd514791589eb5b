import Randomness

/// The audit of a generation: a random share of what the verifier accepted, judged a second time and independently.
///
/// Which episodes are read is decided by the run's seed and by where an episode came from, so a policy cannot know, and a resumed run
/// audits the same ones.
struct Audit: Sendable {
    let settings: AuditSettings
    let seed: SeedTree

    /// The accepted episodes that are drawn.
    func drawn(from episodes: [Episode]) -> [Episode] {
        episodes.filter { episode in
            guard episode.verdict.isCorrect else { return false }
            var generator = seed("episode", Int(truncatingIfNeeded: episode.drawKey(seed(named: episode.problem.id)))).generator
            return generator.uniform() < settings.share
        }
    }

    /// What a second verifier says; it is exact, so nothing but the tolerance is allowed.
    func result(on episodes: [Episode], by auditor: any Verifier) async -> AuditResult {
        var verdicts: [Verdict] = []
        for episode in drawn(from: episodes) { verdicts.append(await auditor.verdict(on: episode.response, for: episode.problem)) }
        return result(verdicts.map { $0.reward == nil ? nil : $0.isCorrect }, of: episodes, by: auditor.version, reference: 0)
    }

    /// What a model says when asked yes or no; `first` is its first audit of the run, nil where this is it.
    ///
    /// It errs, so what it rejected in the first generation, promoted or refused, is allowed besides: the upper end of that share's 95 %
    /// interval. The first generation itself can therefore not be blocked, and no later one is its own measure.
    /// - Throws: What the policy throws.
    func result(on episodes: [Episode], byAsking policy: any Policy, first: AuditResult?) async throws -> AuditResult {
        let probes = drawn(from: episodes).map { LabelProbe.isCorrect($0.canonicalResponse, to: $0.problem.question) }
        let sequences = try probes.map { try $0.sequences(for: policy) }
        let fits = sequences.map { $0.longest <= policy.contextLength }
        var logprobs = try await policy.logprobs(of: zip(sequences, fits).filter(\.1).flatMap(\.0))[...]
        let answers = zip(sequences, fits).map { group, isAsked -> Bool? in
            guard isAsked else { return nil }
            defer { logprobs = logprobs.dropFirst(group.count) }
            return LabelProbe.distribution(logprobs.prefix(group.count).map(\.sum))[0] >= 0.5
        }
        let own = (rejected: answers.count { $0 == false }, audited: answers.count { $0 != nil })
        let before = first.map { ($0.rejected, $0.audited) } ?? own
        let reference = wilsonInterval(successes: before.0, of: before.1).high
        return result(answers, of: episodes, by: "base", reference: reference)
    }

    private func result(_ answers: [Bool?], of episodes: [Episode], by auditor: String, reference: Double) -> AuditResult {
        AuditResult(
            auditor: auditor, accepted: episodes.count { $0.verdict.isCorrect }, audited: answers.count { $0 != nil },
            rejected: answers.count { $0 == false }, unscorable: answers.count { $0 == nil },
            allowed: min(1, reference + settings.tolerance))
    }
}
