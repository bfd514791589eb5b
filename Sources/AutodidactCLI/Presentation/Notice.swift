import Autodidact
import Texts

/// What a person should know at once of what a run has come upon, besides its course.
enum Notice {
    /// The line about an event; nil for most.
    ///
    /// - Parameter advice: What may be done where the model solves nothing.
    static func line(on event: LoopEvent, advice: String?) -> String? {
        switch event {
        case .verdictMissing(let phase, let cause):
            "warning: a response could not be judged: \(cause.shown); \(phase == .evaluate ? "an evaluation" : "a generation") of which "
                + "more than 2 % cannot, and five or more, ends the work"
        case .baseline(let result) where result.outcomes.allSatisfy { $0.correct == 0 && $0.greedy != true }:
            "note: no response of the base was judged right" + (advice.map { "; \($0)" } ?? "")
        default: nil
        }
    }
}
