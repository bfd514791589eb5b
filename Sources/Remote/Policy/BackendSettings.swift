public import Autodidact

/// How models that are elsewhere are asked and trained: `backend.` among a run's settings.
public struct BackendSettings: SettingsGroup {
    /// Where a model computes.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        /// On this machine.
        case here
        /// At a training service.
        case service
        /// At an OpenAI-compatible endpoint.
        case endpoint
    }

    /// The longest that one request may take, in seconds; 0 for what is usual at the place.
    @Setting("seconds that one request may take; 0 = 60 at a training service, which answers later, and 600 at an endpoint", 0...86_400)
    public var requestSeconds = 0
    /// How long a place may be out of reach or busy, in seconds.
    @Setting("seconds for which a place that is out of reach or busy is asked again", 0...86_400) public var patienceSeconds = 300
    /// How many requests are under way at once.
    @Setting("endpoint: requests under way at once", 1...64) public var connections = 8
    /// After how many tokens nothing more is asked.
    @Setting("endpoint: tokens, prompts included, after which nothing more is asked; 0 = any number", 0...1_000_000_000_000)
    public var tokenBudget = 0
    /// A directory with the base model's tokenizer.
    @Setting("service: directory with config.json and tokenizer.json of the base model; empty = the base model's, where it is one")
    public var tokenizer = ""
    /// The rank of the adapter.
    @Setting("service: rank of the adapter that is trained", 1...AdapterSettings.largestRank) public var rank = 32
    /// Whether gradients must be clipped where a step asks for it.
    @Setting("service: required = steps that ask for clipping are refused where there is none, if-supported = they are made")
    public var clipping = TinkerOptions.Clipping.required
    /// What is done where sampler and trainer disagree.
    @Setting("service: where sampler and trainer disagree: show, truncate (importance weights), or stop the run")
    public var mismatch = MismatchLimits.Action.stop
    /// Of mean |Δ|, nats.
    @Setting("service: mean |Δ| of logprobs, in nats, beyond which they disagree", 0...100) public var mismatchMean = 0.05
    /// Of the largest |Δ|, nats.
    @Setting("service: largest |Δ| of logprobs, in nats, beyond which they disagree", 0...1_000) public var mismatchLargest = 3.0
    /// Of k3, nats.
    @Setting("service: k3 estimate of the KL, in nats, beyond which they disagree", 0...100) public var mismatchK3 = 0.02
    /// The largest importance weight of `truncate`.
    @Setting("service: truncate: the largest importance weight", 1...1_000) public var truncation: Float = 2
    /// How many completions the trainer scores after each push.
    @Setting("service: completions that the trainer scores each time the sampler has new weights", 0...CountLimits.items)
    public var comparedCompletions = 64
    /// Bytes of one request.
    @Setting("service: most bytes of one request", 65_536...268_435_456) public var requestBytes = 4_194_304
    /// Whether the service computes objectives that it knows.
    @Setting("service: whether objectives that it was measured to compute are left to it, which saves a pass a step")
    public var builtInLosses = true

    /// The defaults.
    public init() {}

    /// Refuses what is set and would have no effect where the models are.
    public func validate(for places: Set<Place>) throws(SettingsError) {
        let defaults = Self()
        let elsewhere: Set<Place> = [.service, .endpoint]
        let used: [(key: String, isSet: Bool, places: Set<Place>)] = [
            ("requestSeconds", requestSeconds != defaults.requestSeconds, elsewhere),
            ("patienceSeconds", patienceSeconds != defaults.patienceSeconds, elsewhere),
            ("connections", connections != defaults.connections, [.endpoint]),
            ("tokenBudget", tokenBudget != defaults.tokenBudget, [.endpoint]),
            ("tokenizer", tokenizer != defaults.tokenizer, [.service]), ("rank", rank != defaults.rank, [.service]),
            ("clipping", clipping != defaults.clipping, [.service]), ("mismatch", mismatch != defaults.mismatch, [.service]),
            ("mismatchMean", mismatchMean != defaults.mismatchMean, [.service]),
            ("mismatchLargest", mismatchLargest != defaults.mismatchLargest, [.service]),
            ("mismatchK3", mismatchK3 != defaults.mismatchK3, [.service]), ("truncation", truncation != defaults.truncation, [.service]),
            ("comparedCompletions", comparedCompletions != defaults.comparedCompletions, [.service]),
            ("requestBytes", requestBytes != defaults.requestBytes, [.service]),
            ("builtInLosses", builtInLosses != defaults.builtInLosses, [.service]),
        ]
        for (key, isSet, its) in used where isSet && its.isDisjoint(with: places) {
            let names = its.map(\.rawValue).sorted().joined(separator: " or ")
            throw .noEffect(key: "backend." + key, because: "it is for models at a \(names)")
        }
    }

    /// Refuses a truncation that nothing would truncate by.
    public func validateTogether() throws(SettingsError) {
        if truncation != Self().truncation && mismatch != .truncate {
            throw .noEffect(key: "truncation", because: "mismatch is \(mismatch.rawValue)")
        }
    }

    /// For a training service; `seed` makes the adapter's first weights.
    public func tinkerOptions(seed: Int) -> TinkerOptions {
        TinkerOptions(
            rank: rank, seed: seed, clipping: clipping,
            mismatch: MismatchLimits(
                action: mismatch, meanAbsolute: mismatchMean, maximum: mismatchLargest, k3: mismatchK3, truncation: truncation),
            comparedCompletions: comparedCompletions, requestBytes: requestBytes, usesBuiltInLosses: builtInLosses)
    }

    /// For an endpoint.
    public func openAIOptions(form: OpenAIOptions.Form) -> OpenAIOptions {
        OpenAIOptions(form: form, connections: connections, tokenBudget: tokenBudget)
    }

    /// How long is waited at a place.
    public func pacing(at place: Place, clock: any WorldClock) -> Pacing {
        var pacing = Pacing(clock: clock)
        pacing.patience = .seconds(patienceSeconds)
        pacing.attempt = .seconds(requestSeconds > 0 ? requestSeconds : place == .endpoint ? 600 : 60)
        return pacing
    }
}
