public import Autodidact
public import Randomness
import Texts

/// A task whose problems are the rows of a file of JSON lines.
///
/// A row has a prompt (`prompt`, or `messages` with one user's turn) and an `answer`, or tests where programs are asked for; a `level`
/// from 1 up and, for multiple choice, `choices` may be there too. Equal prompts are one problem. Its text decides the split, and runs of
/// white space do not matter to that, so no prompt meets its own twin on the other side. Training goes through the list again and again,
/// evaluations through theirs once.
public struct JSONLTask: TaskFamily {
    /// What is known of the task: all its levels are mixed as the rows have them.
    public private(set) var card: TaskCard
    /// How responses are judged.
    public let judge: OwnJudge
    /// SHA-256 of the file's bytes.
    public let contentHash: String
    /// The problems, each with the line that states it.
    public let problems: [(line: Int, problem: Problem)]
    /// Lines that say again what an earlier one says; they are left out.
    public let repetitions: [(line: Int, earlier: Int)]
    /// The file as it was named.
    public let file: String
    /// Responses that must be right, by the problem's id.
    private let solutions: [String: String]

    /// Room for a response, unless told otherwise: a few lines of reasoning.
    public static let defaultMaximumTokens = 256
    /// The most bytes of a file.
    public static let mostBytes = OwnTaskFile.mostBytes
    /// What problems are hashed with, whatever their file is called.
    private static let origin = "jsonl"
    private static let longestSlug = 32

    /// The task that a file states.
    ///
    /// - Parameters:
    ///   - bytes: The file's content, of which the problems' ids and splits are a function.
    ///   - file: The file as messages should name it.
    ///   - name: What names the task, with or without folders; the file where nil.
    ///   - judge: How responses are judged; nil where the rows' choices tell.
    /// - Throws: `OwnTaskError` with the first fault.
    public init(
        _ bytes: [UInt8], file: String, name: String? = nil, fields: RowFields = RowFields(), judge: OwnJudge?
    ) throws(OwnTaskError) {
        let (task, faults) = try Self.examine(bytes, file: file, name: name, fields: fields, judge: judge)
        if let first = faults.first {
            throw OwnTaskError(file: file, line: first.line, fault: first.fault, others: faults.count - 1)
        }
        self = task
    }

    /// The task that the good rows of a file state, with the faults of the others; parameters are those of the initialiser.
    ///
    /// - Throws: `OwnTaskError` where the file as a whole cannot be read.
    public static func examine(
        _ bytes: [UInt8], file: String, name: String? = nil, fields: RowFields = RowFields(), judge: OwnJudge?
    ) throws(OwnTaskError) -> (task: JSONLTask, faults: [OwnTaskError]) {
        let content: OwnTaskFile
        do {
            content = try OwnTaskFile(bytes, fields: fields, verifier: judge?.name)
        } catch {
            throw OwnTaskError(file: file, fault: error)
        }
        let task = JSONLTask(
            content, file: file, name: name ?? file, contentHash: ContentHash.hexadecimal(of: bytes), judge: judge ?? OwnJudge(.choice))
        return (task, content.faults.map { OwnTaskError(file: file, line: $0.line, fault: $0.fault) })
    }

    private init(_ content: OwnTaskFile, file: String, name: String, contentHash: String, judge: OwnJudge) {
        let slug = Self.slug(of: name)
        self.file = file
        self.contentHash = contentHash
        self.judge = judge
        repetitions = content.repetitions
        problems = content.rows.map { ($0.line, Self.problem($0.row, task: slug)) }
        solutions = Dictionary(
            zip(problems, content.rows).compactMap { problem, row in row.row.solution.map { (problem.problem.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        var sizes: [Int: Int] = [:]
        for row in content.rows { sizes[row.row.level, default: 0] += 1 }
        let levels = sizes.keys.sorted()
        card = TaskCard(
            slug: slug, summary: "\(counted(problems.count, "problem")) from \(file), judged by verifier \(judge.name.description.shown)",
            levels: levels.map { TaskLevel($0, counted(sizes[$0, default: 0], "problem")) }, defaultLevels: levels,
            maximumResponseTokens: Self.defaultMaximumTokens)
    }

    /// The same task with room for longer or shorter responses.
    public func with(maximumTokens: Int) -> JSONLTask {
        var task = self
        task.card = TaskCard(
            slug: card.slug, summary: card.summary, levels: card.levels, defaultLevels: card.defaultLevels,
            maximumResponseTokens: maximumTokens)
        return task
    }

    /// The judge's.
    public var verifier: any Verifier { judge.verifier }

    /// A response that the verifier must accept: a rule's answer, or the solution that a row has for its tests; nil where none is known.
    public func solution(to problem: Problem) -> String? {
        // A word or a formula that cannot be read is an answer only where it is marked as one.
        if judge.name == .rule(.math) { return "\\boxed{\(problem.reference)}" }
        if case .rule = judge.name { return problem.reference }
        if judge.name == .sql { return QueryReference(problem.reference)?.query }
        return solutions[problem.id]
    }

    /// A response that no sound verifier accepts, to try one with where no solution is known: a function of the asked name that returns
    /// nothing, null, or no text; nil where answers are compared.
    public func blank(for problem: Problem) -> String? {
        switch judge.name {
        case .rule, .sql: nil
        case .regex: ""
        case .jsonSchema: "null"
        case .pythonTests:
            ProgramTests(reference: problem.reference).map { "def \($0.entryPoint)(*values, **names):\n    return None\n" }
        case .command: ""
        }
    }

    /// The problems of a split in an order of the key's: for training again and again, else once.
    public func problems(_ split: Split, levels: [Int], key: SeedTree) -> ProblemStream {
        ProblemStream(of: problems(split, levels: levels), recycles: split == .train, key: key)
    }

    /// The answer that the rule reads in a response, the program in it, or for an executable all of it.
    public func answer(in response: String, to question: Question) -> String? {
        switch judge.name {
        case .rule(let rule): return rule.answer(in: response)
        case .jsonSchema: return (try? JSONSchemaVerifier.value(in: response))?.exact.text
        case .pythonTests, .regex, .sql, .command:
            let isInBlock = judge.name == .pythonTests || judge.name == .sql
            let text = (isInBlock ? FencedBlock.program(in: response) : response).withoutOuterSpace
            return text.isEmpty ? nil : text
        }
    }

    /// The problem of a row: named by its prompt, in the split of its prompt without regard to white space.
    private static func problem(_ row: OwnTaskRow, task: String) -> Problem {
        func draft(_ canonical: String) -> Problem {
            Problem(task: origin, canonical: canonical, prompt: row.prompt, reference: row.answer, level: row.level)
        }
        return Problem(
            id: draft(row.prompt).id, task: task, prompt: row.prompt, reference: row.answer, level: row.level,
            split: draft(row.prompt.collapsingSpace).split)
    }

    /// The file's name without folders, in characters that fit every file name.
    private static func slug(of file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        let letters = name.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || scalar == "." || scalar == "_" ? Character(scalar) : "-"
        }
        let isLong = letters.count > longestSlug
        let short = isLong ? letters.prefix(longestSlug - 6) + Array(".jsonl") : letters[...]
        return short.isEmpty ? origin : String(short)
    }
}
