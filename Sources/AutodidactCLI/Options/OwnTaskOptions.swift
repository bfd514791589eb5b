import ArgumentParser
import Autodidact
import TaskLibrary

/// How a task from a file is read; refused for tasks of the catalogue.
struct OwnTaskOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How responses to a task from a file are judged: \(OwnVerifier.names.joined(separator: ", ")), regex:PATTERN for one of "
                + "all rows, or by the executable at a path.",
            valueName: "name"))
    var verifier: String?

    @Option(
        name: .customLong("prompt-field"),
        help: ArgumentHelp("Field of a file's rows that holds the prompt. (default: prompt, else messages)", valueName: "field"))
    var promptField: String?

    @Option(
        name: .customLong("answer-field"),
        help: ArgumentHelp(
            "Field that holds the answer; a path such as extra_info.answer leads into objects. (default: answer, else "
                + "where rows of TRL, verl and SkyRL have it)",
            valueName: "field"))
    var answerField: String?

    @Option(
        name: .customLong("setup-field"),
        help: ArgumentHelp("Field that holds the SQL before a query, for verifier sql. (default: setup, else schema)", valueName: "field"))
    var setupField: String?

    @Option(
        name: .customLong("maximum-tokens"),
        help: ArgumentHelp(
            "Most tokens of a response to a task from a file. (default: \(JSONLTask.defaultMaximumTokens))", valueName: "n"),
        transform: WholeNumber.reader(1...CountLimits.repetitions))
    var maximumTokens: Int?

    /// The first option that only a file could use; nil where none was given.
    var firstGiven: String? {
        [
            ("--verifier", verifier != nil), ("--prompt-field", promptField != nil), ("--answer-field", answerField != nil),
            ("--setup-field", setupField != nil), ("--maximum-tokens", maximumTokens != nil),
        ].first { $0.1 }?.0
    }

    func validate() throws {
        let most = CountLimits.repetitions
        guard let maximumTokens, maximumTokens < 1 || maximumTokens > most else { return }
        throw ValidationError("--maximum-tokens is \(maximumTokens); allowed: from 1 up to \(most)")
    }

    var fields: RowFields { RowFields(prompt: promptField, answer: answerField, setup: setupField) }

    /// The verifier that was named; nil where none was.
    ///
    /// - Throws: `BadInput` where there is none of that name, or a field is named that it does not read; `CommandVerifierError`.
    func judge(programs: ProgramHost) throws -> OwnJudge? {
        let name = try verifier.map(OwnVerifier.init(named:))
        if name != .sql && setupField != nil { throw BadInput("--setup-field would have no effect: it is for verifier sql") }
        guard let name else { return nil }
        if let instead = name.insteadOfAnswers, answerField != nil {
            throw BadInput("--answer-field would have no effect: verifier \(name) \(instead)")
        }
        return try OwnJudge(name, programs: programs)
    }
}
