import Autodidact

/// What a verdict says, without its particulars.
public enum VerdictKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The response was found correct.
    case correct
    /// It was found wrong.
    case wrong
    /// Nothing is known about it.
    case unscorable
}

/// A verdict as columns.
struct StoredVerdict {
    let kind: VerdictKind
    let score: Double?
    let feedback: String

    init(_ verdict: Verdict) {
        kind =
            switch verdict {
            case .correct: .correct
            case .wrong: .wrong
            case .unscorable: .unscorable
            }
        score = verdict.reward
        feedback = verdict.feedback
    }

    init(kind: VerdictKind, score: Double?, feedback: String) {
        self.kind = kind
        self.score = score
        self.feedback = feedback
    }

    /// The verdict; a score that is not a number is not kept by SQLite, and is read as what it was.
    var verdict: Verdict {
        switch kind {
        case .correct: .correct(score: score ?? .nan, feedback: feedback)
        case .wrong: .wrong(score: score ?? .nan, feedback: feedback)
        case .unscorable: .unscorable(reason: feedback)
        }
    }
}
