import Autodidact
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
    /// Lines whose answers verifier `math` cannot read and compares as text; nil for other verifiers.
    let answersComparedAsText: [Int]?
    let repetitions: [Repetition]
    /// Problems that ask the same as an earlier one in other letters.
    let likenesses: [Likeness]
    let faults: [Fault]
    let longestPrompt: LongestPrompt?
    let promptLengths: LengthDistribution?
    /// Of the responses that rows state to be right, answers among them; nil where there is none.
    let solutionLengths: LengthDistribution?
    /// Lines of those of which no response has room; empty without a model.
    let solutionsBeyondRoom: [Int]
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
    /// The model on held-out problems; nil where it was not to be measured, or a run would refuse the file.
    var accuracy: EvalResultJSON?

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

    /// Reads and tries the task; `tell` gets a line where the verifier lets wait.
    init(
        _ task: JSONLTask, faults found: [OwnTaskError], reader: PromptReader?, taught: [String],
        tell: @escaping @Sendable (String) -> Void
    ) async throws {
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
        answersComparedAsText = task.judge.name == .rule(.math) ? task.answersComparedAsText : nil
        let sizes = try task.problems.map { line, problem in
            LongestPrompt(line: line, bytes: problem.prompt.utf8.count, tokens: try reader?.tokens(problem.prompt))
        }
        longestPrompt = sizes.max { ($0.tokens ?? $0.bytes) < ($1.tokens ?? $1.bytes) }
        (model, contextLength) = (reader?.name, reader?.contextLength)
        responseTokens = task.card.maximumResponseTokens
        let unit = reader == nil ? "bytes" : "tokens"
        promptLengths = LengthDistribution(sizes.map { $0.tokens ?? $0.bytes }, unit: unit)
        let known = try task.problems.compactMap { line, problem in
            try task.solution(to: problem).map { (line: line, length: try reader?.encoded($0) ?? $0.utf8.count) }
        }
        solutionLengths = LengthDistribution(known.map(\.length), unit: unit)
        let room = responseTokens
        solutionsBeyondRoom = reader == nil ? [] : known.filter { $0.length > room }.map(\.line)
        likenesses = task.likenesses
        let (context, longestTokens) = (reader?.contextLength, longestPrompt?.tokens)
        responseTokensLeft = context.flatMap { context in longestTokens.map { max(0, context - $0) } }
        note = Advice.untaught(task: task, model: reader?.name ?? "", taught: taught)
        refusal = Self.refusal(
            task, faults: found.count, solutions: solutions, longest: longestPrompt, contextLength: reader?.contextLength)
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
            return "\(task.file):\(line): \(acceptsNothing(task.judge.name))"
        }
        if let refused = solutions.refused {
            let count = solutions.tried - solutions.accepted
            let what = task.judge.name.nameOfSolution
            return "\(task.file):\(refused.line): verifier \(task.judge.name) refuses the \(what) of the row "
                + "(\(refused.feedback.shown)); correct it, or what it is judged by"
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

    /// What is wrong with a row for which a response that says nothing is right.
    private static func acceptsNothing(_ verifier: OwnVerifier) -> String {
        switch verifier {
        case .regex: "the pattern accepts an empty response; demand some text, or state a solution beside it"
        case .jsonSchema: "the schema allows null; state its type, or a solution beside it"
        case .pythonTests, .rule, .sql, .command:
            "the tests accept a function that returns nothing whatever it is asked; assert what it must return"
        }
    }
}
