import Autodidact
import Randomness
import Texts

/// What a request comes to for one engine: its prompts as tokens, held against the engine's bounds.
struct AnswerPlan: Sendable {
    let asked: AskedAnswer
    let request: GenerationRequest
    /// What each prompt says, where answers begin with it.
    let promptTexts: [String]

    /// - Parameter root: Names the draws of a request without a seed, of which no two are the same.
    /// - Throws: Where a prompt cannot be taken, or leaves no room for what is asked for.
    init(_ asked: AskedAnswer, for engine: some GenerationEngine, root: UInt64) throws(APIError) {
        let parameter = asked.isChat ? "messages" : "prompt"
        let sequences = asked.prompts.count * asked.samples
        guard sequences <= engine.sequencesAtMost else {
            throw .invalid(
                "\(asked.prompts.count) prompts, continued \(asked.samples) times each, are \(sequences) sequences; a request may take "
                    + "\(engine.sequencesAtMost)", parameter: asked.prompts.count > 1 ? parameter : "n", code: "invalid_value")
        }
        var (prompts, texts): ([[TokenID]], [String]) = ([], [])
        for prompt in asked.prompts {
            let tokens = try Self.tokens(of: prompt, engine: engine)
            guard !tokens.isEmpty else { throw .invalid("'\(parameter)' is empty", parameter: parameter, code: "invalid_value") }
            prompts.append(tokens)
            if case .text(let text) = prompt { texts.append(text) } else { texts.append(asked.echoes ? engine.text(of: tokens) : "") }
        }
        let room = engine.contextLength - (prompts.map(\.count).max() ?? 0)
        let wanted = try Self.tokens(for: asked, room: room, context: engine.contextLength, parameter: parameter)
        let options = SamplingOptions(
            temperature: asked.temperature, topK: asked.topK, topP: asked.topP, maximumTokens: wanted, stopStrings: asked.stops)
        let keys = prompts.indices.map { prompt in
            // Equal prompts with one seed are one question; without a seed they are two.
            asked.seed.map { SeedTree(root: UInt64(bitPattern: Int64($0))) } ?? SeedTree(root: root)("prompt", prompt)
        }
        var request = GenerationRequest(
            prompts: prompts, samples: asked.samples, options: options, keys: keys, alternatives: asked.alternatives)
        request.continuesText = !asked.isChat
        request.scoresPrompts = asked.echoes && asked.alternatives != nil
        (self.asked, self.request, promptTexts) = (asked, request, texts)
    }

    /// Tokens of all prompts together, each counted once.
    var promptTokens: Int { request.prompts.reduce(0) { $0 + $1.count } }

    private static func tokens(of prompt: AskedAnswer.Prompt, engine: some GenerationEngine) throws(APIError) -> [TokenID] {
        switch prompt {
        case .conversation(let turns): return engine.prompt(of: turns)
        case .tokens(let tokens):
            guard let stranger = tokens.first(where: { Int($0) >= engine.vocabularySize }) else { return tokens }
            throw .invalid(
                "'prompt' holds the token id \(stranger); the model has ids below \(engine.vocabularySize)", parameter: "prompt",
                code: "invalid_value")
        case .text(let text):
            do {
                return try engine.prompt(of: text)
            } catch {
                guard case .mark(let mark) = error else { throw .stopping }
                throw .invalid(
                    "'prompt' spells the mark \(mark.shown), which as text would not be the mark; send token ids, or the conversation to "
                        + "chat/completions", parameter: "prompt", code: "invalid_value")
            }
        }
    }

    /// How many tokens may be written, where so many fit.
    private static func tokens(
        for asked: AskedAnswer, room: Int, context: Int, parameter: String
    ) throws(APIError) -> Int {
        let limit = asked.isChat ? "max_completion_tokens" : "max_tokens"
        let least = asked.maximumTokens == 0 ? 0 : 1
        guard room >= least else {
            throw .contextLength(
                "the context has \(context) tokens, and the longest prompt takes \(context - room) of them; shorten it",
                parameter: parameter)
        }
        guard let wanted = asked.maximumTokens else { return asked.isChat ? room : min(room, AskedAnswer.defaultTokens) }
        guard wanted <= room else {
            throw .contextLength(
                "the context has \(context) tokens; the longest prompt takes \(context - room) of them, so at most \(room) can follow, not "
                    + "\(wanted); lower '\(limit)' or shorten the prompt", parameter: limit)
        }
        return wanted
    }
}
