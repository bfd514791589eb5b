import Autodidact
import Backends
import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("The embedded engine for many at once")
struct EmbeddedEngineTests {
    /// What came of one sequence.
    private struct Written: Equatable {
        var prompt: [GeneratedToken]?
        var tokens: [GeneratedToken] = []
        var text = ""
        var end: StopReason?
    }

    private static let limits = EmbeddedEngine.Limits(context: 64, rows: 4, waiting: 64)

    private static func engine(_ model: ModelDirectory, limits: EmbeddedEngine.Limits = limits, cores: Int = 2) -> EmbeddedEngine {
        EmbeddedEngine(model, conversation: ConversationEncoder(plain: model.tokenizer), limits: limits, cores: Cores(cores))
    }

    private static func request(
        _ prompts: [String], seed: UInt64, samples: Int = 1, temperature: Float = 1, tokens: Int = 12, stops: [String] = []
    ) -> GenerationRequest {
        GenerationRequest(
            prompts: prompts.map { Array($0.utf8).map { Int32($0) + 1 } }, samples: samples,
            options: SamplingOptions(temperature: temperature, maximumTokens: tokens, stopStrings: stops),
            keys: prompts.map { _ in SeedTree(root: seed) })
    }

    private static func written(_ ticket: GenerationTicket, sequences: Int) async -> [Written] {
        var written = Array(repeating: Written(), count: sequences)
        for await event in ticket.events {
            switch event {
            case .prompt(let sequence, let tokens): written[sequence].prompt = tokens
            case .token(let sequence, let token, let text):
                written[sequence].tokens.append(token)
                written[sequence].text += text
            case .end(let sequence, let reason, let text):
                written[sequence].text += text
                written[sequence].end = reason
            }
        }
        return written
    }

    /// Does some work while an engine runs.
    private static func running<Result: Sendable>(
        _ engine: EmbeddedEngine, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            let result = try await work()
            engine.stop()
            try await group.waitForAll()
            return result
        }
    }

    private static let requests = (0..<12).map { index in
        request(
            (0...index % 3).map { "prompt \($0) " + String(repeating: "x", count: index) }, seed: UInt64(index), samples: 1 + index % 2,
            temperature: [0, 0.7, 1][index % 3], tokens: 1 + index * 2)
    }

    @Test("each gets what the policy samples, whoever else is there", .enabled(if: MatrixProduct.usesKernels), arguments: [1, 2])
    func equalsPolicy(cores: Int) async throws {
        let model = try TinyModel.make(), engine = Self.engine(model, cores: cores)
        let results = try await Self.running(engine) {
            let tickets = try Self.requests.map { try engine.submit($0) }
            var results: [[Written]] = []
            for (request, ticket) in zip(Self.requests, tickets) {
                results.append(await Self.written(ticket, sequences: request.sequences))
            }
            return results
        }
        let policy = EmbeddedPolicy(model, name: "tiny", cores: Cores(1))
        for (request, result) in zip(Self.requests, results) {
            let asked = zip(request.prompts, request.keys).map { SamplingRequest(prompt: $0, count: request.samples, key: $1) }
            let expected = try await policy.sample(asked, options: request.options).flatMap { $0 }
            #expect(result.map { $0.tokens.map(\.token) } == expected.map(\.tokens))
            #expect(result.map { $0.tokens.map(\.logprob) } == expected.map { $0.logprobs.values.map { $0 } })
            #expect(result.map(\.end) == expected.map(\.stopReason))
            #expect(result.map(\.text) == expected.map { policy.decode($0.tokens) })
        }
    }

    @Test("a stop string ends a sequence before it, and the batch goes on", .enabled(if: MatrixProduct.usesKernels))
    func stopStrings() async throws {
        let model = try TinyModel.make(), engine = Self.engine(model)
        try await Self.running(engine) {
            var stopped = 0
            for seed in 0..<10 as Range<UInt64> {
                var request = Self.request(["abc"], seed: seed, tokens: 40)
                let whole = await Self.written(try engine.submit(request), sequences: 1)[0]
                let scalars = whole.text.unicodeScalars
                guard let stop = scalars.dropFirst(4).first(where: { $0 != "\u{FFFD}" }) else { continue }
                request.options.stopStrings = [String(stop)]
                let part = await Self.written(try engine.submit(request), sequences: 1)[0]
                let end = try #require(scalars.firstIndex(of: stop))
                #expect(part.end == .stopString && Array(part.text.unicodeScalars) == Array(scalars[..<end]))
                #expect(part.tokens == Array(whole.tokens.prefix(part.tokens.count)) && part.tokens.count > 0)
                stopped += 1
            }
            #expect(stopped > 3)
        }
    }

    @Test("a prompt's logprobs are the policy's, without a token drawn where none is wanted", arguments: [0, 1])
    func scoring(tokens: Int) async throws {
        let model = try TinyModel.make(), engine = Self.engine(model)
        var request = Self.request(["hello, world"], seed: 1, temperature: 0, tokens: tokens)
        (request.alternatives, request.scoresPrompts) = (1, true)
        let asked = request
        let result = try await Self.running(engine) { await Self.written(try engine.submit(asked), sequences: 1)[0] }
        let prompt = try #require(result.prompt), ids = request.prompts[0]
        let scored = try await EmbeddedPolicy(model, name: "tiny").logprobs(
            of: [ScoredSequence(context: [ids[0]], targets: Array(ids.dropFirst()))])[0]
        #expect(prompt.map(\.token) == ids && prompt[0].logprob == nil)
        #expect(zip(prompt.dropFirst(), scored.values).allSatisfy { abs(($0.logprob ?? 0) - $1) < 1e-5 })
        #expect(prompt.dropFirst().allSatisfy { $0.alternatives.count == 1 && $0.alternatives[0].logprob >= ($0.logprob ?? 0) })
        #expect(result.tokens.count == tokens && (tokens == 0 || result.tokens[0].alternatives[0].token == result.tokens[0].token))
    }

    @Test("who comes when as many wait as may is refused, and served once there is room")
    func busy() async throws {
        let limits = EmbeddedEngine.Limits(context: 64, rows: 1, waiting: 3)
        let engine = Self.engine(try TinyModel.make(), limits: limits)
        let (pair, single) = (Self.request(["a", "b"], seed: 1), Self.request(["c"], seed: 2))
        // Nobody works yet: all who come wait.
        let first = try engine.submit(pair)
        #expect(throws: GenerationRefusal.busy) { try engine.submit(pair) }
        let second = try engine.submit(single)
        #expect(throws: GenerationRefusal.busy) { try engine.submit(single) }
        try await Self.running(engine) {
            let answers = [
                await Self.written(first, sequences: 2), await Self.written(second, sequences: 1),
                await Self.written(try engine.submit(pair), sequences: 2),
            ]
            #expect(answers.map { $0.count { $0.end != nil } } == [2, 1, 2])
        }
        #expect(throws: GenerationRefusal.stopped) { try engine.submit(single) }
    }

    @Test("who gives up makes room, waiting or not, and nobody else notices")
    func givingUp() async throws {
        let limits = EmbeddedEngine.Limits(context: 64, rows: 1, waiting: 2)
        let engine = Self.engine(try TinyModel.make(), limits: limits)
        let (long, short) = (Self.request(["long"], seed: 3, tokens: 50), Self.request(["short"], seed: 4))
        let (given, kept) = (try engine.submit(long), try engine.submit(short))
        given.cancel()
        try await Self.running(engine) {
            let none = await Self.written(given, sequences: 1)
            #expect(none[0].end == nil)
            let alone = await Self.written(kept, sequences: 1)
            #expect(alone[0].end != nil)
            let active = try engine.submit(long)
            var events = active.events.makeAsyncIterator()
            _ = await events.next()
            active.cancel()
            while await events.next() != nil {}
            let again = await Self.written(try engine.submit(short), sequences: 1)
            #expect(again == alone)
        }
    }

    @Test("requests that are open when an engine is cancelled end early, and none is forgotten")
    func cancelled() async throws {
        let engine = Self.engine(try TinyModel.make())
        let tickets = try (0..<3).map { try engine.submit(Self.request(["x"], seed: UInt64($0))) }
        let work = Task { await engine.run() }
        work.cancel()
        await work.value
        for ticket in tickets { _ = await Self.written(ticket, sequences: 1) }
        #expect(throws: GenerationRefusal.stopped) { try engine.submit(Self.request(["x"], seed: 1)) }
    }

    @Test("a prompt that spells a mark is refused, a message that does is plain text")
    func marks() throws {
        let model = try TinyModel.make(), engine = Self.engine(model)
        #expect(throws: GenerationRefusal.mark("<|endoftext|>")) { try engine.prompt(of: "a<|endoftext|>b") }
        let plain = try engine.prompt(of: "a|b")
        #expect(plain == model.tokenizer.encode("a|b"))
        #expect(engine.prompt(of: [ConversationTurn(.user, "a<|endoftext|>b")]) == model.tokenizer.encode("a<|endoftext|>b"))
        #expect(engine.spelling(of: 0) == TokenSpelling(bytes: Array("<|endoftext|>".utf8), isMark: true))
        #expect(engine.spelling(of: engine.vocabularySize == 257 ? 98 : 1).isMark == false)
    }

    @Test("rows are as many as memory allows, and never none")
    func rows() throws {
        let transformer = try TinyModel.make().transformer
        let row = transformer.cacheBytes(ofRow: 64)
        #expect(EmbeddedEngine.rows(of: transformer, context: 64, cores: Cores(2), cacheBytes: 0) == 1)
        #expect(EmbeddedEngine.rows(of: transformer, context: 64, cores: Cores(2), cacheBytes: 5 * row) == 5)
        let most = transformer.rowsTogether(capacity: 64)
        #expect(EmbeddedEngine.rows(of: transformer, context: 64, cores: Cores(1), cacheBytes: 1 << 40) == most)
    }
}
