import Synchronization

/// Reads P(yes) of responses by a critic, each text once: small policies repeat themselves.
///
/// The cache is of this reader alone and holds what a policy said that does not learn meanwhile; nil is a text too long for it.
final class CriticReader: Sendable {
    private let critic: any Policy
    private let source: any ContinuationSource
    private let known = Mutex<[String: Double?]>([:])

    init(_ critic: any Policy, source: any ContinuationSource) {
        self.critic = critic
        self.source = source
    }

    /// The probability that each state leads to, or is, a right answer; the first state that has a text pays for its reading.
    ///
    /// A text that does not fit into the critic's context has no probability and costs nothing.
    func read(_ states: [TextState]) async throws -> [(probability: Double?, tokens: Int)] {
        let probes = states.map { LabelProbe.isCorrect($0.response, leadingTo: $0.question) }
        var asked: Set<String> = []
        let isFresh = probes.map { probe in
            known.withLock { !$0.keys.contains(probe.prompt) } && asked.insert(probe.prompt).inserted
        }
        let fresh = zip(probes, isFresh).filter(\.1).map(\.0)
        let said = try await source.probability(of: fresh, by: critic)
        known.withLock { known in
            for (probe, probability) in zip(fresh, said) { known.updateValue(probability, forKey: probe.prompt) }
        }
        return try zip(probes, isFresh).map { probe, isFresh in
            let probability = known.withLock { $0[probe.prompt] ?? nil }
            let isPaid = isFresh && probability != nil
            return (probability, isPaid ? try probe.sequences(for: critic).reduce(0) { $0 + $1.tokenCount } : 0)
        }
    }
}

extension LabelProbe {
    /// Is this response, or the beginning of one, correct? Line breaks at its end are left out, as the prompt brings its own.
    static func isCorrect(_ beginning: String, leadingTo question: Question) -> LabelProbe {
        var text = beginning[...]
        while let last = text.last, last.isNewline { text.removeLast() }
        return isCorrect(String(text), to: question)
    }
}
