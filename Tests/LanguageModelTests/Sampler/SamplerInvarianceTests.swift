import LanguageModel
import Randomness
import Tensors
import Testing

@Suite("Continuations do not depend on company or cores")
struct SamplerInvarianceTests {
    private static let requests = SamplerLogprobTests.requests

    @Test("one core and two give the same", arguments: SamplerLogprobTests.rules)
    func coreCount(rule: DrawRule) {
        let transformer = ToyTransformer.make()
        let results = [1, 2].map {
            Sampler(transformer, cores: Cores($0)).sample(Self.requests, rule: rule, maximumTokens: 30, stopTokens: [0, 1])
        }
        #expect(results[0] == results[1])
    }

    @Test("a second call on the same sampler gives the same")
    func repeated() {
        let sampler = Sampler(ToyTransformer.make(), cores: Cores(2)), rule = SamplerLogprobTests.rules[6]
        let first = sampler.sample(Self.requests, rule: rule, maximumTokens: 30, stopTokens: [0])
        #expect(sampler.sample(Self.requests, rule: rule, maximumTokens: 30, stopTokens: [0]) == first)
    }

    @Test("alone or among 300 others, more than there are slots", .enabled(if: MatrixProduct.usesKernels), arguments: [0, 3, 6])
    func batch(rule: Int) {
        let rule = SamplerLogprobTests.rules[rule], sampler = Sampler(ToyTransformer.make(), cores: Cores(2))
        var others = (0..<300).map { index in
            ContinuationRequest(
                prompt: ToyTransformer.tokens(1 + index % 29, SeedTree(root: 2)("prompt", index)),
                keys: (0..<1 + index % 6).map { SeedTree(root: 2)("key", index, $0).key })
        }
        for (index, request) in Self.requests.enumerated() { others.insert(request, at: index * 33) }
        #expect(others.reduce(0) { $0 + $1.keys.count } > 8 * 96)
        let together = sampler.sample(others, rule: rule, maximumTokens: 30, stopTokens: [0, 1])
        for (index, request) in Self.requests.enumerated() {
            let alone = sampler.sample([request], rule: rule, maximumTokens: 30, stopTokens: [0, 1])[0]
            #expect(together[index * 33] == alone)
            for (member, key) in request.keys.enumerated() {
                let single = ContinuationRequest(prompt: request.prompt, keys: [key])
                #expect(sampler.sample([single], rule: rule, maximumTokens: 30, stopTokens: [0, 1])[0] == [alone[member]])
            }
        }
    }
}
