import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("How continuations end")
struct SamplerEndTests {
    private static let rule = DrawRule(temperature: 1, topK: 0, topP: 1)
    private static let requests = SamplerLogprobTests.requests

    @Test("a stop token is the last token, and a continuation is a prefix of the one without it")
    func stopToken() {
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(2)), stops: Set<Int32> = [0, 1, 2, 3]
        let free = sampler.sample(Self.requests, rule: Self.rule, maximumTokens: 30, stopTokens: []).flatMap { $0 }
        let stopped = sampler.sample(Self.requests, rule: Self.rule, maximumTokens: 30, stopTokens: stops).flatMap { $0 }
        #expect(stopped.contains { $0.end == .stopToken } && free.allSatisfy { $0.end == .length })
        for (whole, part) in zip(free, stopped) {
            let end = whole.tokens.firstIndex { stops.contains($0) }
            #expect(part.tokens == (end.map { Array(whole.tokens[...$0]) } ?? whole.tokens))
            #expect(part.end == (end == nil ? .length : .stopToken))
            if MatrixProduct.usesKernels { #expect(part.logprobs.isIdentical(to: Array(whole.logprobs.prefix(part.tokens.count)))) }
            #expect(part.drawnLogprobs.count == part.tokens.count)
        }
    }

    @Test("the stop test is given all tokens so far, and ends a continuation")
    func stopTest() {
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(2))
        let free = sampler.sample(Self.requests, rule: Self.rule, maximumTokens: 30, stopTokens: []).flatMap { $0 }
        let tested = sampler.sample(Self.requests, rule: Self.rule, maximumTokens: 30, stopTokens: []) { tokens in
            tokens.reduce(0, +) >= 100
        }
        for (whole, part) in zip(free, tested.flatMap { $0 }) {
            let end = whole.tokens.indices.first { whole.tokens[...$0].reduce(0, +) >= 100 }
            #expect(part.tokens == (end.map { Array(whole.tokens[...$0]) } ?? whole.tokens))
            #expect(part.end == (end == nil ? .length : .stopTest))
        }
    }

    @Test("a stop token that also satisfies the stop test ends by the token")
    func both() {
        let samples = Sampler(ToyTransformer.make(), cores: Cores(1)).sample(
            Self.requests, rule: Self.rule, maximumTokens: 30, stopTokens: Set(0..<37)
        ) { _ in true }
        #expect(samples.joined().allSatisfy { $0.tokens.count == 1 && $0.end == .stopToken })
    }

    @Test("neither the limit of tokens nor the context is exceeded", arguments: [1, 2, 17, 40, 1000])
    func limits(maximumTokens: Int) {
        let samples = Sampler(ToyTransformer.make(), cores: Cores(2)).sample(
            Self.requests, rule: Self.rule, maximumTokens: maximumTokens, stopTokens: [])
        for (request, continuations) in zip(Self.requests, samples) {
            for continuation in continuations {
                #expect(continuation.tokens.count == min(maximumTokens, 64 - request.prompt.count) && continuation.end == .length)
            }
        }
    }

    @Test("no tokens, no keys and no requests give empty continuations")
    func nothing() {
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(2))
        let none = sampler.sample(Self.requests, rule: Self.rule, maximumTokens: 0, stopTokens: [])
        #expect(none.map(\.count) == Self.requests.map(\.keys.count))
        #expect(none.joined().allSatisfy { $0.tokens.isEmpty && $0.logprobs.isEmpty && $0.end == .length })
        #expect(sampler.sample([], rule: Self.rule, maximumTokens: 5, stopTokens: []).isEmpty)
        let keyless = [ContinuationRequest(prompt: [1], keys: []), ContinuationRequest(prompt: [2], keys: [7])]
        #expect(sampler.sample(keyless, rule: Self.rule, maximumTokens: 5, stopTokens: []).map(\.count) == [0, 1])
    }
}
