import Autodidact

/// The verdicts on single turns of an episode, by the turn's number.
struct TurnVerdicts: Codable {
    private let verdicts: [Int: Verdict]

    /// Those of an episode; nil where no turn was judged by itself.
    init?(_ turns: [Turn]) {
        verdicts = Dictionary(uniqueKeysWithValues: turns.enumerated().compactMap { index, turn in turn.verdict.map { (index, $0) } })
        if verdicts.isEmpty { return nil }
    }

    /// The turns with the verdicts on them.
    func added(to turns: [Turn]) -> [Turn] {
        turns.enumerated().map { index, turn in
            verdicts[index].map { turn.judged($0) } ?? turn
        }
    }
}
