import Autodidact

/// How far the present phase has come, and how fast it goes.
struct PhaseProgress: Sendable, Hashable {
    let phase: Phase
    private(set) var done: Int
    private(set) var total: Int
    private(set) var tokens: Int
    /// When the phase began.
    private let from: Duration
    private var latest: Duration

    /// A phase that began at `from` and has reported for the first time.
    init(_ phase: Phase, done: Int, total: Int, tokens: Int, from: Duration, at now: Duration) {
        self.phase = phase
        self.done = done
        self.total = total
        self.tokens = tokens
        self.from = from
        latest = now
    }

    /// A later report.
    mutating func advance(done: Int, total: Int, tokens: Int, at now: Duration) {
        (self.done, self.total, self.tokens, latest) = (done, total, tokens, now)
    }

    /// 0...1.
    var share: Double { total > 0 ? min(1, Double(done) / Double(total)) : 0 }

    /// Units for each second since the phase began; nil where no time has passed.
    var unitsPerSecond: Double? { rate(done) }

    /// Tokens for each second since the phase began.
    var tokensPerSecond: Double? { rate(tokens) }

    /// What the phase is doing, and what it counts.
    var words: (doing: String, unit: String) {
        switch phase {
        case .sample: ("sampling", "samples")
        case .verify: ("judging", "responses")
        case .train: ("training", "sequences")
        case .evaluate: ("evaluating", "responses")
        case .write: ("writing", "items")
        }
    }

    private func rate(_ count: Int) -> Double? {
        let seconds = (latest - from) / .seconds(1)
        return seconds > 0 && count > 0 ? Double(count) / seconds : nil
    }
}
