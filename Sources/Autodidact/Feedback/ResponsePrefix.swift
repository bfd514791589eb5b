public import Randomness

/// The beginning of a response to a problem, token-exact: what a step's value is the value of.
public struct ResponsePrefix: Sendable, Hashable {
    /// The problem.
    public let problem: Problem
    /// The tokens before the response.
    public let prompt: [TokenID]
    /// The response so far.
    public let tokens: [TokenID]
    /// Its text.
    public let text: String
    /// Whether nothing follows: the response is whole.
    public let isWhole: Bool

    /// A beginning of a response.
    public init(problem: Problem, prompt: [TokenID], tokens: [TokenID], text: String, isWhole: Bool) {
        self.problem = problem
        self.prompt = prompt
        self.tokens = tokens
        self.text = text
        self.isWhole = isWhole
    }

    /// The beginnings of an episode's response after each of its steps, the whole response last.
    ///
    /// - Parameter decode: The text of tokens, as the policy decodes them.
    public static func all(of episode: Episode, by segmenter: StepSegmenter, decode: ([TokenID]) -> String) -> [ResponsePrefix] {
        let attempt = episode.attempt
        return segmenter.steps(of: attempt.completion, decode: decode).map { step in
            let tokens = Array(attempt.completion[..<step.upperBound])
            return ResponsePrefix(
                problem: episode.problem, prompt: attempt.prompt, tokens: tokens, text: decode(tokens),
                isWhole: step.upperBound == attempt.completion.count)
        }
    }
}

extension Workshop {
    /// The verdicts on responses that were not made as episodes: prefixes that were continued, texts that were put together.
    ///
    /// Missing ones count with those on episodes.
    /// - Throws: `WorkshopError.heldOutLeak` or `tooManyUnscorable`, `VerifierError` or `CancellationError`.
    public func verdicts(on responses: [(problem: Problem, text: String)]) async throws -> [Verdict] {
        try Task.checkCancellation()
        defer { meter.charge(.verify) }
        let watch = watch(over: responses.count)
        var verdicts: [Verdict] = []
        for (problem, text) in responses {
            try heldOut.check(problem.question)
            let verdict = await family.verifier.verdict(on: text, for: problem)
            try Task.checkCancellation()  // what a cancelled verifier says is no verdict
            try watch.note(verdict)
            verdicts.append(verdict)
        }
        try family.verifier.confirm()
        try tally.count(verdicts)
        return verdicts
    }

    /// The share of `samples` continuations of each prefix that end in a correct response: its Monte Carlo value.
    ///
    /// The soft label of Math-Shepherd (arXiv:2312.08935, eq. 4); above 0 is its hard one (eq. 3). A whole response has the value of its
    /// verdict. nil where no continuation could be judged, or, counted as `feedback/too_long`, none fits into the context. Draws are named
    /// by `key` and the prefix's text.
    ///
    /// - Parameter policy: Who continues; the learner where none is named.
    /// - Throws: `WorkshopError.heldOutLeak`, `VerifierError`, `CancellationError`, or what the policy throws.
    public func values(
        of prefixes: [ResponsePrefix], samples: Int, options: SamplingOptions, key: SeedTree, by policy: (any Policy)? = nil
    ) async throws -> [Double?] {
        precondition(samples > 0, "\(samples) continuations of a prefix")
        let continuer = policy ?? self.policy
        let beginnings = prefixes.indices.filter { !prefixes[$0].isWhole }
        let fits = await readable(
            beginnings.map { prefixes[$0].prompt.count + prefixes[$0].tokens.count + 1 }, by: continuer, as: .feedback)
        let open = zip(beginnings, fits).filter(\.1).map(\.0)
        let requests = open.map { i in
            SamplingRequest(
                prompt: prefixes[i].prompt + prefixes[i].tokens, count: samples,
                key: key("prefix")(named: prefixes[i].problem.id)(named: prefixes[i].text))
        }
        var texts = prefixes.map { $0.isWhole ? [$0.text] : [] }
        for (i, completions) in zip(open, try await continuations(of: requests, options: options, by: policy)) {
            texts[i] = completions.map { continuer.decode(prefixes[i].tokens + $0.tokens) }
        }
        let responses = zip(prefixes, texts).flatMap { prefix, texts in texts.map { (prefix.problem, $0) } }
        var verdicts = try await verdicts(on: responses)[...]
        return texts.map { texts in
            defer { verdicts = verdicts.dropFirst(texts.count) }
            return successRate(of: Array(verdicts.prefix(texts.count)))
        }
    }
}
