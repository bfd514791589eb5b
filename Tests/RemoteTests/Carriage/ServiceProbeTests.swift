import Testing

@testable import Remote

@Suite("Measuring a service")
struct ServiceProbeTests {
    private func traits(_ world: FakeWorld) async throws -> ServiceTraits {
        let session = try await Session(at: FakeWorld.address, over: world.connection)
        let probe = ServiceProbe(session: session, adapter: .init(rank: 4, seed: 0), tokens: try Fingerprint(of: BigramText()).tokens)
        return try await probe.traits()
    }

    @Test("finds what gradients are divided by", arguments: LossDivisor.known)
    func divisors(divisor: LossDivisor) async throws {
        let traits = try await traits(FakeWorld(FakeTraits(divisor: divisor)))
        #expect(traits.divisor == divisor)
    }

    @Test("finds whether gradients are clipped", arguments: [true, false])
    func clipping(clips: Bool) async throws {
        let traits = try await traits(FakeWorld(FakeTraits(clipsGradients: clips)))
        #expect(traits.clipsGradients == clips)
    }

    @Test("never tries what may touch the adapters of others")
    func decay() async throws {
        let world = FakeWorld()
        _ = try await traits(world)
        #expect(!world.service.hasSeenDecay)
    }

    @Test("finds whether a request may be repeated", arguments: [true, false])
    func repetition(knows: Bool) async throws {
        let traits = try await traits(FakeWorld(FakeTraits(knowsRequestsAgain: knows)))
        #expect(traits.knowsRequestsAgain == knows)
    }

    @Test("finds what the sampler tells")
    func sampler() async throws {
        var fake = FakeTraits.plain
        let plain = try await traits(FakeWorld(fake))
        #expect(plain.readsPrompts && plain.repeatsSamples && plain.reportsOwnDistribution)
        (fake.prompts, fake.repeatsSamples, fake.reportsDrawn) = (.never, false, true)
        let other = try await traits(FakeWorld(fake))
        #expect(!other.readsPrompts && !other.repeatsSamples && !other.reportsOwnDistribution)
        fake.prompts = .fromFirst
        #expect(try await traits(FakeWorld(fake)).readsPrompts)
    }

    @Test("refuses a service whose gradients are not those that were asked for")
    func distorted() async throws {
        var fake = FakeTraits.plain
        fake.normalizesAdvantages = true
        let world = FakeWorld(fake)
        let error = await #expect(throws: TinkerError.self) { try await traits(world) }
        #expect(error?.description.contains("half the advantage") == true)
    }

    @Test("leaves no adapter behind")
    func scratch() async throws {
        let world = FakeWorld()
        _ = try await traits(world)
        #expect(world.service.loadedModels == 0)
    }

    @Test("refuses a base model that the service has not, naming those it has")
    func models() async throws {
        let address = ServiceAddress(url: FakeWorld.address.url, baseModel: "other")
        let world = FakeWorld()
        let error = await #expect(throws: TinkerError.self) { try await Session(at: address, over: world.connection) }
        #expect(error?.description.contains("letters") == true)
    }
}
