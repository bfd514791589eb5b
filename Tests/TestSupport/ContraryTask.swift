package import Autodidact
package import Randomness

/// `LetterTask` for those who know nothing of it: right is any small letter but the one that is asked for.
///
/// A policy that learns letters forgets this task, and one that learns nothing keeps it.
package struct ContraryTask: TaskFamily {
    private let letters = LetterTask()

    package init() {}

    package var card: TaskCard {
        TaskCard(
            slug: "contrary", summary: "write another letter", levels: letters.card.levels, defaultLevels: [1], maximumResponseTokens: 3)
    }

    package var verifier: any Verifier { ContraryVerifier() }

    package func problems(_ split: Split, levels: [Int], key: SeedTree) -> ProblemStream {
        ProblemStream(letters, split: split, levels: levels, key: key)
    }
}

private struct ContraryVerifier: Verifier {
    var version: String { "contrary 1" }

    func verdict(on response: String, for problem: Problem) async -> Verdict {
        response.count == 1 && response != problem.reference ? .correct : .wrong("it is the letter itself, or none")
    }
}
