import Autodidact
import Randomness
import TestSupport
import Testing

@testable import Remote

@Suite("What an endpoint is measured to do")
struct EndpointProbeTests {
    private func traits(_ fake: FakeEndpointTraits, _ form: OpenAIOptions.Form = .text) async throws -> EndpointTraits {
        try await EndpointProbe(connection: EndpointWorld(fake).connection(form), model: FakeEndpoint.model).traits()
    }

    @Test("everything, where it does everything")
    func everything() async throws {
        let all = EndpointTraits(
            tellsTokens: true, drawsSeveral: true, allTokens: -1, tellsStops: true, scoring: .echo(sampled: 0),
            reportsOwnDistribution: true)
        #expect(try await traits(FakeEndpointTraits()) == all)
    }

    @Test("in chat, given texts are not scored")
    func chat() async throws {
        let traits = try await traits(FakeEndpointTraits(), .chat)
        #expect(traits.scoring == .none && traits.tellsTokens && !traits.reportsOwnDistribution)
    }

    @Test("nothing, where it does nothing more, whether it says so or not", arguments: [true, false])
    func nothing(isStrict: Bool) async throws {
        var fake = FakeEndpointTraits.plain
        fake.isStrict = isStrict
        let traits = try await traits(fake)
        #expect(!traits.tellsTokens && !traits.drawsSeveral && !traits.tellsStops && traits.scoring == .none)
    }

    @Test("how it is told to keep all tokens, and to sample a token beside an echo")
    func values() async throws {
        let traits = try await traits(FakeEndpointTraits(allTokens: [0], echo: 1))
        #expect(traits.allTokens == 0 && traits.scoring == .echo(sampled: 1))
    }

    @Test("given texts are not scored by logprobs that are not the sampler's")
    func otherScores() async throws {
        #expect(try await traits(FakeEndpointTraits(echoShift: -0.5)).scoring == .none)
    }

    @Test("the newer name of the length is used where the older one is refused")
    func lengthField() async throws {
        let world = EndpointWorld(FakeEndpointTraits(wantsCompletionLimit: true))
        let policy = try await world.policy()
        #expect(policy.traits.usesCompletionLimit)
        let request = SamplingRequest(prompt: policy.encode("ab"), count: 1, key: SeedTree(root: 1))
        _ = try await policy.sample([request], options: .greedy(maximumTokens: 4))
        #expect(world.endpoint.requests.last?.max_completion_tokens == 4)
    }

    @Test("an endpoint that answers nothing is an error, and its connections are let go of", arguments: [401, 403, 404])
    func refused(status: Int) async throws {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: "completions", count: .max - 1, kind: .status(status))])
        let error = await #expect(throws: OpenAIError.self) { try await world.policy() }
        #expect(error == .refused(url: "http://127.0.0.1:8000/v1/completions", status: status, said: "fault"))
        #expect(!world.transport.isOpen)
    }

    @Test("what fails while it is measured is not there, and is not asked for again and again", arguments: [500, 501])
    func serverErrors(status: Int) async throws {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: "completions", at: 2, count: .max - 2, kind: .status(status))])
        let policy = try await world.policy()
        #expect(policy.traits == EndpointTraits() && world.clock.monotonic() == .zero)
    }

    @Test("answers that cannot be read while it is measured count as refusals")
    func garbled() async throws {
        let world = EndpointWorld()
        world.faults.plan([Fault(path: "completions", at: 2, count: .max - 2, kind: .garbled)])
        #expect(try await world.policy().traits == EndpointTraits())
    }
}
