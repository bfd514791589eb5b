public import Autodidact
import Randomness

extension TinkerPolicy {
    /// Continues each request's prompt by the weights as they are now, which are brought to the sampler first.
    ///
    /// A request's samples draw from consecutive seeds, the first of which is made of its key. Stop strings are looked for here, so that
    /// the service draws on to the end of the text or to `maximumTokens`. At temperatures other than 1 or with truncation, `drawnLogprobs`
    /// is empty: services do not tell them.
    /// - Throws: `TinkerError`; `.mismatch` where sampler and trainer disagree by more than the options allow.
    public func sample(_ requests: [SamplingRequest], options: SamplingOptions) async throws -> [[Completion]] {
        try check()
        for request in requests {
            let count = request.prompt.count
            guard count > 0, count < contextLength else {
                throw TinkerError.request("a prompt has \(count) tokens; the model takes 1 to \(contextLength - 1)")
            }
        }
        let served = try await serve()
        let asked = requests.filter { $0.count > 0 }
        let outcomes = try await model.sample(asked.map { wireRequest($0, options, path: served.path) })
        var sampled = SampledGroups(
            prompts: asked.map(\.prompt), groups: try zip(asked, outcomes).map { try drawn($1, for: $0, options) })
        let reader = SamplerCheck(isOwn: traits.reportsOwnDistribution || options.isPlain, served: served, limits: self.options.mismatch)
        let compared = reader.scored(of: sampled.count, atMost: self.options.comparedCompletions)
        sampled.keep(try await logprobs(of: sampled.sequences(compared)), of: compared)
        if !served.isCompared, reader.isOwn { try judge(sampled.draws) }
        let isTruncating = self.served?.isTruncating ?? false
        if isTruncating {
            // The rest too, now that logprobs are to be moved.
            let rest = compared.upperBound..<sampled.count
            sampled.keep(try await logprobs(of: sampled.sequences(rest)), of: rest)
        }
        let limit = isTruncating ? self.options.mismatch.truncation : nil
        var done = sampled.groups.map { draws in draws.map { $0.completion(options, isOwn: reader.isOwn, truncation: limit) } }[...]
        return requests.map { $0.count > 0 ? done.popFirst() ?? [] : [] }
    }

    /// Shows the first comparison since the sampler got its weights, and acts where it passes a limit.
    private func judge(_ draws: [Draw]) throws(TinkerError) {
        let compared = draws.filter { $0.trainer != nil }
        let reading = MismatchReading(sampler: compared.flatMap(\.reported), trainer: compared.flatMap { $0.trainer ?? [] })
        guard reading.tokens > 0 else { return }
        onReading(reading)
        if options.mismatch.arePassed(by: reading) {
            switch options.mismatch.action {
            case .show: break
            case .truncate: served?.isTruncating = true
            case .stop: throw .mismatch(url: url, reading: reading, limits: options.mismatch)
            }
        }
        served?.isCompared = true
    }

    private func wireRequest(_ request: SamplingRequest, _ options: SamplingOptions, path: String) -> Sample {
        Sample(
            numSamples: request.count, prompt: ModelInput(request.prompt),
            params: Sample.Params(
                maxTokens: min(options.maximumTokens, contextLength - request.prompt.count),
                // 30 bits: services take seeds of 31, and count them up for the samples of a request.
                seed: Int(request.key("sample", 0).key >> 34), stop: text.stopTokens.sorted(), temperature: options.temperature,
                topK: options.topK == 0 ? -1 : options.topK, topP: options.topP),
            modelPath: path, promptLogprobs: false)
    }

    /// The samples of a request, checked and cut at stop strings.
    private func drawn(
        _ outcome: Sample.Outcome, for request: SamplingRequest, _ options: SamplingOptions
    ) throws(TinkerError) -> [Draw] {
        guard outcome.sequences.count == request.count else {
            throw .inconsistent(url: url, reason: "\(request.count) samples were asked for, and \(outcome.sequences.count) came")
        }
        var draws: [Draw] = []
        for sequence in outcome.sequences {
            guard let logprobs = sequence.logprobs, logprobs.count == sequence.tokens.count else {
                throw .unreadable(url: url, field: "sequences.logprobs", reason: "there is not one for each token")
            }
            let known = logprobs.compactMap(\.self)
            guard known.count == logprobs.count, known.allSatisfy(\.isFinite) else {
                throw .notFinite(url: url, field: "sequences.logprobs")
            }
            let ended = sequence.tokens.last.map(text.stopTokens.contains) ?? false
            guard sequence.tokens.count <= options.maximumTokens, ended || sequence.stopReason == "length" else {
                throw .inconsistent(url: url, reason: "a sample is longer than asked for, or was stopped without the token that ends it")
            }
            let cut = StopStrings(options.stopStrings, text: text).end(in: sequence.tokens)
            let count = cut ?? sequence.tokens.count
            draws.append(
                Draw(
                    tokens: Array(sequence.tokens.prefix(count)), reported: Array(known.prefix(count)),
                    stopReason: cut != nil ? .stopString : ended ? .endOfText : .length))
        }
        return draws
    }
}
