import Autodidact
import Backends
import Reports
import TaskLibrary
import Texts

/// What `autodidact check` finds in a file of problems.
struct TaskExamination: Encodable {
    let file: String
    let contentHash: String
    let verifier: String
    /// Rows without a fault, each prompt once.
    let problems: Int
    let splits: [String: Int]
    let levels: [TaskLevel]
    /// How many rows state a response that the verifier must accept: an answer, or a solution beside tests.
    let checkedAnswers: Int
    /// How many of these it accepts; anything below `checkedAnswers` is a fault of the row, or of the verifier.
    let acceptedAnswers: Int
    let repetitions: [Repetition]
    let faults: [Fault]
    let longestPrompt: LongestPrompt?
    /// The model that tokens were counted for, with the tokens that it has for prompt and response.
    let model: String?
    let contextLength: Int?
    /// The tokens that a response may have, and those that the longest prompt leaves for one; the second only with a model.
    let responseTokens: Int
    let responseTokensLeft: Int?
    /// Why a run would refuse the file; nil where it would not.
    let refusal: String?
    /// What speaks against a run with the model; nil where nothing is known to.
    let note: String?

    /// A row that is left out.
    struct Repetition: Encodable {
        let line: Int
        let earlier: Int
    }

    /// A line that cannot be used.
    struct Fault: Encodable {
        let line: Int
        let message: String
    }

    /// The prompt that takes most room.
    struct LongestPrompt: Encodable {
        let line: Int
        let bytes: Int
        /// As the model is asked it; nil where no model was named.
        let tokens: Int?
    }

    private static let shownFaults = 20

    /// Reads and tries the task; `tell` gets a line where the verifier lets wait.
    init(
        _ task: JSONLTask, faults found: [OwnTaskError], policy: EmbeddedPolicy?, taught: [String],
        tell: @escaping @Sendable (String) -> Void
    ) async {
        (file, contentHash, verifier, problems) = (task.file, task.contentHash, task.judge.name.description, task.problems.count)
        splits = Dictionary(uniqueKeysWithValues: Split.allCases.map { ($0.rawValue, task.count($0)) })
        levels = task.card.levels
        repetitions = task.repetitions.map { Repetition(line: $0.line, earlier: $0.earlier) }
        faults = found.map { Fault(line: $0.line ?? 0, message: "\($0.fault)") }
        let isCommand = if case .command = task.judge.name { true } else { false }
        // It is asked once; of the other verifiers, many rows take their time.
        let solutions =
            isCommand ? await FirstVerdict.awaited(tell: tell) { await KnownSolutions(of: task) } : await KnownSolutions(of: task)
        (checkedAnswers, acceptedAnswers) = (solutions.tried, solutions.accepted)
        let sizes = task.problems.map { line, problem in
            LongestPrompt(line: line, bytes: problem.prompt.utf8.count, tokens: policy?.prompt(for: problem.prompt).count)
        }
        longestPrompt = sizes.max { ($0.tokens ?? $0.bytes) < ($1.tokens ?? $1.bytes) }
        (model, contextLength) = (policy?.name, policy?.contextLength)
        responseTokens = task.card.maximumResponseTokens
        let (context, longestTokens) = (policy?.contextLength, longestPrompt?.tokens)
        responseTokensLeft = context.flatMap { context in longestTokens.map { max(0, context - $0) } }
        note = Advice.untaught(task: task, model: policy?.name ?? "", taught: taught)
        refusal = Self.refusal(
            task, faults: found.count, solutions: solutions, longest: longestPrompt, contextLength: policy?.contextLength)
    }

    private static func refusal(
        _ task: JSONLTask, faults: Int, solutions: KnownSolutions, longest: LongestPrompt?, contextLength: Int?
    ) -> String? {
        if faults > 0 { return "\(task.file): \(counted(faults, "line")) \(faults == 1 ? "has a fault" : "have faults")" }
        if let unjudged = solutions.unjudged {
            return "\(task.file):\(unjudged.line): verifier \(task.judge.name) could not judge a response to the row: "
                + unjudged.reason.shown
        }
        if let line = solutions.acceptsNothing {
            return "\(task.file):\(line): the tests accept a function that returns nothing whatever it is asked; assert what it must return"
        }
        if let refused = solutions.refused {
            let count = solutions.tried - solutions.accepted
            let what = task.judge.name == .pythonTests ? "solution" : "answer"
            return "\(task.file):\(refused.line): verifier \(task.judge.name) refuses the \(what) of the row "
                + "(\(refused.feedback.shown)); correct it, or the tests"
                + (count > 1 ? " (and \(counted(count - 1, "other line")) with such a \(what))" : "")
        }
        do {
            try OpenedTask(task, file: nil).checkSplits(for: RunSettings())
        } catch {
            return "\(error)"
        }
        if let contextLength, let reason = OpenedTask.tooLong(task.card.maximumResponseTokens, contextLength: contextLength) {
            return "\(task.file): \(reason)"
        }
        guard let longest, let tokens = longest.tokens, let contextLength, tokens >= contextLength else { return nil }
        return "\(task.file):\(longest.line): the prompt has \(counted(tokens, "token")) and leaves no room for a response in "
            + "\(contextLength)"
    }

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

    /// The findings for people.
    func text(color: TerminalColor) -> String {
        let shares = Split.allCases.map { "\(splits[$0.rawValue] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
        let again = repetitions.first.map { "\(repetitions.count) left out (line \($0.line) repeats line \($0.earlier))" } ?? "none"
        var rows = [
            ["file", file], ["SHA-256", contentHash], ["problems", "\(problems): \(shares)"],
            ["levels", levels.map { "\($0.number) (\($0.summary))" }.joined(separator: ", ")],
            ["verifier", "\(verifier), \(trial)"], ["repetitions", again],
        ]
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
        rows.append(["faults", faultCount])
        let causes = FaultCause.all(of: faults.map { ($0.line, $0.message) })
        let lines = causes.prefix(Self.shownFaults).map { $0.text(file: file) }
        let rest = causes.count > lines.count ? ["… and \(causes.count - lines.count) more causes; --json lists every line"] : []
        let facts = table(columns: [TextColumn(""), TextColumn("")], rows: rows, color: color)
        return ([facts] + lines + rest + (note.map { ["note: " + $0] } ?? [])).joined(separator: "\n")
    }
}
