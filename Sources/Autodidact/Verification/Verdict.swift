/// What a verifier says of a response.
///
/// What could not be judged never becomes a number.
public enum Verdict: Sendable, Hashable, Codable {
    /// The response solves the problem; `score` lies in 0...1 where the task grades correct answers.
    case correct(score: Double, feedback: String)
    /// It does not; `feedback` says what is wrong, `score` how much is right.
    case wrong(score: Double, feedback: String)
    /// The checker failed (crash, time-out, broken reference): nothing is known about the response.
    case unscorable(reason: String)

    /// A fully correct response.
    public static let correct = Verdict.correct(score: 1, feedback: "")

    /// A wrong response without partial credit.
    public static func wrong(_ feedback: String) -> Verdict { .wrong(score: 0, feedback: feedback) }

    /// Whether the response was found correct.
    public var isCorrect: Bool {
        if case .correct = self { true } else { false }
    }

    /// The number used for learning, 0...1; nil where nothing is known.
    public var reward: Double? {
        switch self {
        case .correct(let score, _), .wrong(let score, _): score
        case .unscorable: nil
        }
    }

    /// What the verifier wrote for people and for correctors.
    public var feedback: String {
        switch self {
        case .correct(_, let feedback), .wrong(_, let feedback): feedback
        case .unscorable(let reason): reason
        }
    }
}
