import Autodidact
import Foundation
import RunStore
import TaskLibrary

/// A task of the catalogue, or one that was read from a file.
struct OpenedTask: Sendable {
    let family: any TaskFamily
    /// The file that it is from; nil for a task of the catalogue.
    let file: TaskFile?

    init(_ family: any TaskFamily, file: TaskFile?) {
        self.family = family
        self.file = file
    }

    /// The task of that name, or in the file at that path.
    ///
    /// - Throws: `UnknownTask`, `OwnTaskError`, or `BadInput` for a file that cannot be read or options that would have no effect.
    init(_ name: String, options: OwnTaskOptions, programs: ProgramHost) throws {
        guard Self.isFile(name) else {
            if FileManager.default.fileExists(atPath: name), !TaskCatalogue.cards.contains(where: { $0.slug == name }) {
                throw TaskName.refusal(of: name)
            }
            let family = try programs.family(named: name)
            if let option = options.firstGiven {
                throw BadInput("\(option) would have no effect: it is for tasks from a file, and '\(name)' comes with Autodidact")
            }
            self.init(family, file: nil)
            return
        }
        let judge = try options.judge(programs: programs)
        let task = try JSONLTask(try Self.bytes(of: name), file: name, fields: options.fields, judge: judge)
        self.init(task, path: name, fields: options.fields)
    }

    /// The task of a run that goes on; `path` is where its file has been moved to, if it has.
    ///
    /// - Throws: Also `BadInput` where the file is not what it was.
    init(of manifest: RunManifest, movedTo path: String?, programs: ProgramHost) throws {
        guard let file = manifest.taskFile else {
            self.init(try programs.family(named: manifest.task), file: nil)
            return
        }
        guard let verifier = OwnVerifier(file.verifier) else {
            throw BadInput("run \(manifest.runID) was judged by verifier '\(file.verifier)', which this program does not have")
        }
        let path = path ?? file.path
        let fields = RowFields(prompt: file.promptField, answer: file.answerField, setup: file.setupField)
        let bytes = try Self.bytes(of: path)
        guard ContentHash.hexadecimal(of: bytes) == file.contentHash else {
            throw BadInput(
                "'\(path)' is not what it was when run \(manifest.runID) was created (SHA-256 \(file.contentHash)); restore it, name a "
                    + "copy with --task, or start a new run")
        }
        let judge = try OwnJudge(verifier, programs: programs)
        self.init(try JSONLTask(bytes, file: path, name: file.path, fields: fields, judge: judge), path: path, fields: fields)
    }

    private init(_ task: JSONLTask, path: String, fields: RowFields) {
        family = task
        file = TaskFile(
            path: URL(fileURLWithPath: path).standardizedFileURL.path, contentHash: task.contentHash, verifier: task.judge.name.description,
            promptField: fields.prompt, answerField: fields.answer, setupField: fields.setup)
    }

    /// Whether a task's name is a path.
    static func isFile(_ name: String) -> Bool { name.hasSuffix(".jsonl") || name.contains("/") }

    /// The content of a file of problems.
    static func bytes(of path: String) throws -> [UInt8] {
        let file = try InputFile(path, kind: "task file")
        if let size = file.size, size > JSONLTask.mostBytes {
            throw OwnTaskError(file: path, fault: .tooManyBytes(size, limit: JSONLTask.mostBytes))
        }
        return Array(try file.read())
    }
}

extension OpenedTask {
    private var own: JSONLTask? { family as? JSONLTask }

    /// How many problems a split of a file has on these levels (all where empty); nil where they are endless.
    func count(_ split: Split, levels: [Int]) -> Int? { own?.count(split, levels: levels) }

    /// The same task with room for responses of that many tokens; 0 leaves it as it is.
    ///
    /// - Throws: `noEffect` for tasks that state their longest response.
    func with(maximumTokens: Int) throws(SettingsError) -> OpenedTask {
        if maximumTokens == 0 { return self }
        guard let own else {
            throw .noEffect(key: "maximumTokens", because: "task '\(family.card.slug)' states its longest response itself")
        }
        return OpenedTask(own.with(maximumTokens: maximumTokens), file: file)
    }

    /// Refuses a file with too few problems for a run: the gate needs some to be able to promote at all.
    func checkSplits(for settings: RunSettings) throws(OwnTaskError) {
        let held = settings.gate.enabled ? Gate(settings: settings.gate).fewestProblems(atLook: 1) : 1
        try own?.checkSplits(levels: settings.levels, needed: [(.train, 1), (.heldOut, held), (.sealed, 1)])
    }

    /// Refuses a file without a held-out problem.
    func checkHeldOut(levels: [Int]) throws(OwnTaskError) {
        try own?.checkSplits(levels: levels, needed: [(.heldOut, 1)])
    }

    /// Refuses prompts that leave no room for a response.
    func checkPrompts(for policy: any Policy, levels: [Int]) throws {
        guard let own else { return }
        try checkLength(of: own, for: policy)
        let frame = try policy.prompt(for: "").count
        for (line, problem) in own.problems where levels.isEmpty || levels.contains(problem.level) {
            // A token stands for at least one byte, so most prompts need not be encoded; twice, since a tokenizer may add some of its own.
            if frame + 2 * problem.prompt.utf8.count < policy.contextLength { continue }
            let tokens = try policy.prompt(for: problem.prompt).count
            guard tokens < policy.contextLength else {
                throw BadInput(
                    "\(own.file):\(line): the prompt has \(tokens) tokens and leaves no room for a response in the \(policy.contextLength) "
                        + "of model '\(policy.name)'; leave the row out, or take another model")
            }
        }
    }

    /// Refuses responses that may be longer than the model reads, prompt included.
    private func checkLength(of own: JSONLTask, for policy: any Policy) throws(BadInput) {
        guard let reason = Self.tooLong(own.card.maximumResponseTokens, contextLength: policy.contextLength) else { return }
        throw BadInput("\(reason) of model '\(policy.name)'")
    }

    /// What is said of a number of tokens that no response can have in a context; nil for others.
    static func tooLong(_ tokens: Int, contextLength: Int) -> String? {
        guard tokens >= contextLength else { return nil }
        return "--maximum-tokens is \(tokens); allowed: from 1 up to \(contextLength - 1), since prompt and response share a context of "
            + "\(contextLength) tokens"
    }

    /// What the reading of a file has left out, for people; nil where nothing was.
    var note: String? {
        guard let own, let first = own.repetitions.first else { return nil }
        let count = own.repetitions.count
        return "note: \(own.file): \(counted(count, "row")) left out, each repeating an earlier one with the same answer (line "
            + "\(first.line) that of line \(first.earlier))"
    }
}
