import Autodidact
import Randomness
import TestSupport
import Testing

@testable import Remote

@Suite("A policy at an endpoint")
struct OpenAIPolicyTests {
    private func requests(_ policy: OpenAIPolicy, _ prompts: [String], count: Int = 3) -> [SamplingRequest] {
        prompts.enumerated().map { SamplingRequest(prompt: policy.prompt(for: $1), count: count, key: SeedTree(root: 5)("p", $0)) }
    }

    @Test("keeps every law of policies, with and without what endpoints may offer", arguments: OpenAIOptions.Form.allCases, [true, false])
    func laws(form: OpenAIOptions.Form, isFull: Bool) async throws {
        var traits = isFull ? FakeEndpointTraits() : .plain
        // The end of a text has no logprob that could be read again.
        traits.isEndless = form == .text && isFull
        let policy = try await EndpointWorld(traits).policy(OpenAIOptions(form: form))
        #expect(try await PolicyLaws.violations(of: policy, prompts: ["1A", "2B"]) == [])
    }

    @Test("offers to score texts only where that was measured, and never to learn")
    func capabilities() async throws {
        #expect(try await EndpointWorld().policy().capabilities == [.logprobs])
        #expect(try await EndpointWorld().policy(OpenAIOptions(form: .chat)).capabilities.isEmpty)
        let plain = try await EndpointWorld(.plain).policy()
        #expect(plain.capabilities.isEmpty && !plain.findings.isEmpty)
        let error = await #expect(throws: OpenAIError.self) {
            try await plain.logprobs(of: [ScoredSequence(context: plain.encode("a"), targets: plain.encode("b"))])
        }
        guard case .unsupported = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("says what the model says, and how probable it was")
    func sampling() async throws {
        let world = EndpointWorld()
        let policy = try await world.policy(OpenAIOptions(form: .chat))
        let groups = try await policy.sample(requests(policy, ["ab", "cd"]), options: SamplingOptions(maximumTokens: 6))
        #expect(groups.map(\.count) == [3, 3])
        for completion in groups.joined() {
            #expect(completion.logprobs.count == completion.tokens.count && completion.tokens.count <= 6)
            #expect((completion.stopReason == .endOfText) == (completion.tokens.last == TokenPieces.end))
        }
        #expect(world.endpoint.requests.suffix(2).allSatisfy { $0.n == 3 && $0.top_k == -1 && $0.top_p == 1 && $0.temperature == 1 })
    }

    @Test("asks for each completion alone, with a seed of its own, where several would be the same")
    func alone() async throws {
        let world = EndpointWorld(.plain)
        let policy = try await world.policy()
        let before = world.endpoint.requests.count
        let groups = try await policy.sample(requests(policy, ["ab"], count: 4), options: SamplingOptions(maximumTokens: 6))
        let asked = world.endpoint.requests.dropFirst(before)
        #expect(groups[0].count == 4 && Set(asked.map(\.seed)).count == 4 && asked.allSatisfy { $0.n == nil && $0.top_k == nil })
    }

    @Test("asks for many completions in requests of bounded size")
    func many() async throws {
        let world = EndpointWorld()
        let policy = try await world.policy()
        let before = world.endpoint.requests.count
        let groups = try await policy.sample(requests(policy, ["ab"], count: 37), options: SamplingOptions(maximumTokens: 2))
        #expect(groups[0].count == 37)
        #expect(world.endpoint.requests.dropFirst(before).map { $0.n ?? 1 }.sorted() == [5, 16, 16])
    }

    @Test("asks for nothing where nothing is wanted")
    func nothing() async throws {
        let policy = try await EndpointWorld().policy()
        #expect(try await policy.sample([], options: SamplingOptions(maximumTokens: 2)).isEmpty)
        let none = requests(policy, ["ab"], count: 0)
        #expect(try await policy.sample(none, options: SamplingOptions(maximumTokens: 2)) == [[]])
    }

    @Test("refuses to keep the most probable tokens alone where the endpoint does not know how")
    func topK() async throws {
        let policy = try await EndpointWorld(.plain).policy()
        let error = await #expect(throws: OpenAIError.self) {
            try await policy.sample(requests(policy, ["ab"]), options: SamplingOptions(topK: 4, maximumTokens: 2))
        }
        #expect(error?.description.contains("top_k") == true)
    }

    @Test("ends completions at stop strings, which stay part of them", arguments: [true, false])
    func stops(isTold: Bool) async throws {
        let policy = try await EndpointWorld(FakeEndpointTraits(tellsStops: isTold, isEndless: true)).policy()
        let options = SamplingOptions(maximumTokens: 64, stopStrings: ["a"])
        let completions = try await policy.sample(requests(policy, ["ab", "cd"]), options: options).joined()
        for completion in completions where completion.stopReason == .stopString {
            let text = policy.decode(completion.tokens)
            #expect(text.hasSuffix("a") && text.dropLast().contains("a") == false)
        }
        #expect(completions.contains { $0.stopReason == .stopString })
    }

    @Test("has no more requests under way than allowed")
    func crowd() async throws {
        let world = EndpointWorld(.plain)
        let policy = try await world.policy(OpenAIOptions(form: .text, connections: 3))
        _ = try await policy.sample(requests(policy, ["a", "b", "c", "d"], count: 8), options: SamplingOptions(maximumTokens: 2))
        #expect(world.transport.most <= 3)
    }

    @Test("stops a run when its budget of tokens is used up")
    func budget() async throws {
        let world = EndpointWorld(.plain)
        let policy = try await world.policy(OpenAIOptions(form: .text, connections: 2, tokenBudget: 2_000))
        let error = await #expect(throws: OpenAIError.self) {
            for _ in 0..<1_000 { _ = try await policy.sample(requests(policy, ["ab"]), options: SamplingOptions(maximumTokens: 6)) }
        }
        guard case .budgetSpent(_, let used, 2_000) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // What was under way is taken: two requests of at most eight tokens.
        #expect(used >= 2_000 && used < 2_016)
    }

    @Test("refuses fewer completions than were asked for, and scores nothing that cannot be scored")
    func inconsistent() async throws {
        let world = EndpointWorld()
        let policy = try await world.policy()
        let liar = OpenAIPolicy(
            name: policy.name, address: policy.address, options: policy.options, traits: policy.traits,
            connection: EndpointWorld(FakeEndpointTraits(drawsSeveral: false)).connection(), text: policy.text)
        let error = await #expect(throws: OpenAIError.self) {
            try await liar.sample(requests(liar, ["ab"]), options: SamplingOptions(maximumTokens: 2))
        }
        #expect(error?.description.contains("3 completions") == true)
        for sequence in [
            ScoredSequence(context: [], targets: policy.encode("a")),
            ScoredSequence(context: policy.encode("a"), targets: [TokenPieces.end]),
        ] {
            await #expect(throws: OpenAIError.self) { try await policy.logprobs(of: [sequence]) }
        }
        let nothing = ScoredSequence(context: policy.encode("a"), targets: [])
        #expect(try await policy.logprobs(of: [nothing]) == [Logprobs([])])
    }

    @Test("lets go of its connections when it is closed")
    func closed() async throws {
        let world = EndpointWorld()
        let policy = try await world.policy()
        #expect(policy.tokensUsed > 0)
        try await policy.close()
        #expect(!world.transport.isOpen)
    }

    @Test("sends no key in clear to another machine")
    func inClear() async throws {
        let key = try Secret("planted-key", from: .environment("KEY"))
        let error = await #expect(throws: OpenAIError.self) {
            try await OpenAIPolicy.open(
                OpenAIAddress(url: "http://endpoint.example/v1", model: "m"), key: key, options: OpenAIOptions(),
                pacing: EndpointWorld().pacing)
        }
        #expect(error == .keyInClear(url: "http://endpoint.example/v1") && error?.description.contains("planted") == false)
    }
}
