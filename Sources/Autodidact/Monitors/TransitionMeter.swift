/// What second attempts did to first ones: kept, fixed or broken, and how much of the text they changed.
///
/// The figures of self-correction (SCoRe, arXiv:2409.12917, §3): shares of all pairs of which both attempts were judged, so that
/// Acc@t2 − Acc@t1 = Δ(i→c) − Δ(c→i). Confidence and critique are shares of the right and of the wrong first attempts alone
/// (CL and CS of arXiv:2412.19513). Pairs with an unscorable attempt are counted apart; texts are compared in all pairs.
public struct TransitionMeter: Sendable, Hashable {
    /// Right before and after.
    public private(set) var keptRight = 0
    /// Wrong before, right after.
    public private(set) var fixed = 0
    /// Right before, wrong after.
    public private(set) var broken = 0
    /// Wrong before and after.
    public private(set) var keptWrong = 0
    /// Pairs of which an attempt could not be judged.
    public private(set) var unscorable = 0
    /// Pairs whose attempts are the same but for surrounding white space.
    public private(set) var identical = 0

    private var distances = 0.0

    /// A meter that has seen nothing.
    public init() {}

    /// Takes one pair of attempts.
    public mutating func add(first: Verdict, second: Verdict, firstText: String, secondText: String) {
        switch (first.reward == nil || second.reward == nil, first.isCorrect, second.isCorrect) {
        case (true, _, _): unscorable += 1
        case (false, true, true): keptRight += 1
        case (false, false, true): fixed += 1
        case (false, true, false): broken += 1
        case (false, false, false): keptWrong += 1
        }
        let (before, after) = (firstText.withoutOuterSpace, secondText.withoutOuterSpace)
        if before == after { identical += 1 } else { distances += normalizedEditDistance(before, after) }
    }

    /// Takes the first two judged turns of an episode; one with a single attempt is no pair and changes nothing.
    ///
    /// - Parameter decode: The text of a turn's tokens, as the policy decodes them.
    public mutating func add(_ episode: Episode, decode: ([TokenID]) -> String) {
        let (verdicts, texts) = (episode.attempts, episode.turns.filter { $0.role == .policy }.map { decode($0.tokens) })
        guard verdicts.count > 1 && texts.count > 1 else { return }
        add(first: verdicts[0], second: verdicts[1], firstText: texts[0], secondText: texts[1])
    }

    /// Takes all pairs that another meter has seen.
    public mutating func add(_ other: TransitionMeter) {
        keptRight += other.keptRight
        fixed += other.fixed
        broken += other.broken
        keptWrong += other.keptWrong
        unscorable += other.unscorable
        identical += other.identical
        distances += other.distances
    }

    /// Pairs of which both attempts were judged.
    public var judged: Int { keptRight + fixed + broken + keptWrong }

    /// All pairs.
    public var pairs: Int { judged + unscorable }

    /// Acc@t1: the share of right first attempts; nil where no pair was judged.
    public var firstAccuracy: Double? { Self.share(keptRight + broken, of: judged) }

    /// Acc@t2: the share of right second attempts; nil where no pair was judged.
    public var secondAccuracy: Double? { Self.share(keptRight + fixed, of: judged) }

    /// Acc@t2 − Acc@t1; nil where no pair was judged.
    public var gain: Double? { Self.share(fixed - broken, of: judged) }

    /// Δ(i→c): the share of pairs that went from wrong to right; nil where no pair was judged.
    public var fixedShare: Double? { Self.share(fixed, of: judged) }

    /// Δ(c→i): the share of pairs that went from right to wrong; nil where no pair was judged.
    public var brokenShare: Double? { Self.share(broken, of: judged) }

    /// Of the right first attempts, the share that stayed right; nil where there are none.
    public var confidence: Double? { Self.share(keptRight, of: keptRight + broken) }

    /// Of the wrong first attempts, the share that became right; nil where there are none.
    public var critique: Double? { Self.share(fixed, of: fixed + keptWrong) }

    /// The share of second attempts that repeat the first; nil where there are no pairs.
    public var identicalShare: Double? { Self.share(identical, of: pairs) }

    /// The mean edit distance between the attempts' characters as a share of the longer one; nil where there are no pairs.
    public var meanDistance: Double? { pairs == 0 ? nil : distances / Double(pairs) }

    /// What is known of all this, by name: `docs/METRICS.md`.
    public var metrics: [String: Double] {
        [
            "attempts/acc_t1": firstAccuracy, "attempts/acc_t2": secondAccuracy, "attempts/delta": gain,
            "attempts/incorrect_to_correct": fixedShare, "attempts/correct_to_incorrect": brokenShare,
            "attempts/confidence": confidence, "attempts/critique": critique, "attempts/identical": identicalShare,
            "attempts/edit_distance": meanDistance, "attempts/unscorable": Self.share(unscorable, of: pairs),
        ].compactMapValues(\.self)
    }

    private static func share(_ part: Int, of whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}
