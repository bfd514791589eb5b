import Autodidact
import Reports
import TaskLibrary

/// The most causes of faults that are listed.
private let shownFaults = 20

extension TaskExamination {
    /// What was tried of the verifier, for people.
    private var trial: String {
        if checkedAnswers == problems { return "accepts \(acceptedAnswers) of \(counted(problems, "answer"))" }
        if checkedAnswers == 0 { return "asked about blank responses only; no row states one that it must accept" }
        return "accepts \(acceptedAnswers) of \(counted(checkedAnswers, "solution")), and no blank response to the rows that state none"
    }

    /// How many lines have a fault, for people; where a run would refuse the file for another reason, that is not called none.
    private var faultCount: String {
        if !faults.isEmpty { return "\(faults.count)" }
        return refusal == nil ? "none" : "every line can be read, but a run would refuse the file: see the error"
    }

    /// How problems that ask the same lie, for people.
    private func likenessText(_ first: Likeness) -> String {
        let leaks = likenesses.count { $0.isLeak }
        let pair = "line \(first.line) and line \(first.earlier)"
        guard leaks > 0 else { return "\(likenesses.count) ask what another asks (\(pair)), all in the same split" }
        return "\(likenesses.count) ask what another asks, \(leaks) across splits (\(pair), \(first.split.rawValue) and "
            + "\(first.earlierSplit.rawValue)): leave one of each out"
    }

    private func share(_ estimate: Estimate) -> String {
        "\(Figures.percent(estimate.value)) \(Figures.interval(estimate))"
    }

    /// The findings for people.
    func text(color: TerminalColor) -> String {
        let shares = Split.allCases.map { "\(splits[$0.rawValue] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        let again = repetitions.first.map { "\(repetitions.count) left out (line \($0.line) repeats line \($0.earlier))" } ?? "none"
        var rows = [
            ["file", file], ["SHA-256", contentHash], ["problems", "\(problems): \(shares)"],
            ["levels", levels.map { "\($0.number) (\($0.summary))" }.joined(separator: ", ")],
            ["verifier", "\(verifier), \(trial)"], ["repetitions", again],
        ]
        if let lines = answersComparedAsText, let first = lines.first {
            rows.append(["answers", "\(lines.count) cannot be read as mathematics and count as text alone (the first in line \(first))"])
        }
        if let first = likenesses.first(where: \.isLeak) ?? likenesses.first {
            rows.append(["likenesses", likenessText(first)])
        }
        if let promptLengths { rows.append(["prompts", promptLengths.text]) }
        if let solutionLengths { rows.append(["\(checkedAnswers == problems ? "answers" : "solutions")", solutionLengths.text]) }
        if let first = solutionsBeyondRoom.first {
            rows.append([
                "too long", "\(solutionsBeyondRoom.count) of these for \(counted(responseTokens, "token")) (the first in line \(first))",
            ])
        }
        if let longest = longestPrompt {
            let tokens = longest.tokens.map { ", \(counted($0, "token")) for \(model ?? "")" } ?? ""
            rows.append(["longest prompt", "line \(longest.line): \(longest.bytes) bytes" + tokens])
        }
        if let responseTokensLeft {
            let isEnough = responseTokensLeft > responseTokens
            rows.append([
                "responses",
                "up to \(counted(responseTokens, "token"))"
                    + (isEnough ? "" : "; the longest prompt leaves \(responseTokensLeft) of a context of \(contextLength ?? 0)"),
            ])
        }
        if let accuracy {
            rows.append([
                "accuracy",
                "\(share(accuracy.meanAtK)) of samples, \(share(accuracy.greedy)) of greedy responses, on "
                    + counted(accuracy.n, "held-out problem"),
            ])
        }
        rows.append(["faults", faultCount])
        let causes = FaultCause.all(of: faults.map { ($0.line, $0.message) })
        let lines = causes.prefix(shownFaults).map { $0.text(file: file) }
        let rest = causes.count > lines.count ? ["… and \(causes.count - lines.count) more causes; --json lists every line"] : []
        let facts = table(columns: [TextColumn(""), TextColumn("")], rows: rows, color: color)
        return ([facts] + lines + rest + (note.map { ["note: " + $0] } ?? [])).joined(separator: "\n")
    }
}
