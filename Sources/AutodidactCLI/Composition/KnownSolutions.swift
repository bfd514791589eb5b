import Autodidact
import TaskLibrary

/// What the verifier of a file says of the responses that it must accept, and of blank ones where a row states none.
struct KnownSolutions: Sendable {
    /// How many problems state such a response.
    private(set) var tried = 0
    /// How many of these are accepted.
    private(set) var accepted = 0
    /// The first that is not, with the verdict on it.
    private(set) var refused: (line: Int, feedback: String)?

    /// The first that could not be judged, and why.
    private(set) var unjudged: (line: Int, reason: String)?

    /// The first that accepts a response which says nothing.
    private(set) var acceptsNothing: Int?

    /// As many as a verifier that starts processes does at once.
    private static let together = 4

    /// Tries every solution of a task; fewer where the task that asks is cancelled.
    init(of task: JSONLTask) async {
        let solved = task.problems.compactMap { line, problem in
            task.solution(to: problem).map { (line: line, problem: problem, response: $0, isBlank: false) }
        }
        let blank = task.problems.compactMap { line, problem in
            task.solution(to: problem) == nil
                ? task.blank(for: problem).map { (line: line, problem: problem, response: $0, isBlank: true) } : nil
        }
        // A user's own program judges what it likes: one request tells whether it judges at all.
        let isOurs = if case .command = task.judge.name { false } else { true }
        let known = solved + (isOurs ? blank[...] : blank.prefix(1))
        for start in stride(from: 0, to: known.count, by: Self.together) {
            if Task.isCancelled { return }
            let part = Array(known[start..<min(start + Self.together, known.count)])
            let verdicts = await withTaskGroup(of: (Int, Verdict).self) { group in
                for (place, row) in part.enumerated() {
                    group.addTask { (place, await task.verifier.verdict(on: row.response, for: row.problem)) }
                }
                var verdicts: [Int: Verdict] = [:]
                for await (place, verdict) in group { verdicts[place] = verdict }
                return verdicts
            }
            for (place, row) in part.enumerated() {
                guard let verdict = verdicts[place] else { continue }
                let line = row.line
                if verdict.reward == nil {
                    if unjudged == nil { unjudged = (line, verdict.feedback) }
                    continue
                }
                if row.isBlank {
                    if verdict.isCorrect && isOurs && acceptsNothing == nil { acceptsNothing = line }
                    continue
                }
                tried += 1
                if verdict.isCorrect { accepted += 1 } else if refused == nil { refused = (line, verdict.feedback) }
            }
        }
    }
}
