import Synchronization

/// Reads P(yes) of responses by a critic, each text once: small policies repeat themselves.
///
/// The cache is of this reader alone and holds what a policy said that does not learn meanwhile.
final class CriticReader: Sendable {
    private let critic: any Policy
    private let source: any ContinuationSource
    private let known = Mutex<[String: Double]>([:])

    init(_ critic: any Policy, source: any ContinuationSource) {
        self.critic = critic
        self.source = source
    }

    /// The probability that each state leads to, or is, a right answer; the first state that has a text pays for its reading.
    func read(_ states: [TextState]) async throws -> [(probability: Double, tokens: Int)] {
        let probes = states.map { LabelProbe.isCorrect($0.response, leadingTo: $0.question) }
        var fresh: [LabelProbe] = []
        var paid: [Int] = []
        var asked: Set<String> = []
        for probe in probes {
            let isNew = known.withLock { $0[probe.prompt] == nil } && asked.insert(probe.prompt).inserted
            paid.append(isNew ? try probe.sequences(for: critic).reduce(0) { $0 + $1.context.count + $1.targets.count } : 0)
            if isNew { fresh.append(probe) }
        }
        let said = try await source.probability(of: fresh, by: critic)
        return known.withLock { known in
            for (probe, probability) in zip(fresh, said) { known[probe.prompt] = probability }
            return zip(probes, paid).map { (known[$0.prompt] ?? .nan, $1) }
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
