import Autodidact
import TestSupport
import Testing

@testable import Remote

@Suite("Settings of models elsewhere")
struct BackendSettingsTests {
    @Test("every one has a help, a range and a place; the defaults are those of the options")
    func defaults() throws {
        let settings = BackendSettings()
        try settings.validate()
        #expect(Set(BackendSettings.help.keys) == Set(SettingsTree(defaults: settings).keys.map(\.key)))
        #expect(settings.tinkerOptions(seed: 0) == TinkerOptions() && settings.openAIOptions(form: .chat) == OpenAIOptions())
        for place in BackendSettings.Place.allCases { try settings.validate(for: [place]) }
    }

    @Test(
        "what is set has an effect somewhere, and is refused elsewhere",
        arguments: [
            "requestSeconds=5", "patienceSeconds=5", "connections=2", "tokenBudget=5", "tokenizer=/models/tiny", "rank=4",
            "clipping=if-supported", "mismatch=show", "mismatchMean=1", "mismatchLargest=1", "mismatchK3=1", "comparedCompletions=1",
            "requestBytes=100000", "builtInLosses=false",
        ])
    func effects(assignment: String) throws {
        var tree = SettingsTree(defaults: BackendSettings())
        try tree.apply(assignment)
        let settings = try tree.resolved()
        try settings.validate()
        let error = #expect(throws: SettingsError.self) { try settings.validate(for: [.here]) }
        #expect(error?.description.contains("backend." + assignment.prefix { $0 != "=" }) == true)
        try settings.validate(for: [.service, .endpoint])
    }

    @Test("a truncation needs what truncates by it")
    func truncation() throws {
        var settings = BackendSettings()
        settings.truncation = 4
        #expect(throws: SettingsError.self) { try settings.validate() }
        settings.mismatch = .truncate
        try settings.validate()
        #expect(settings.tinkerOptions(seed: 3).mismatch == MismatchLimits(action: .truncate, truncation: 4))
    }

    @Test("an endpoint has longer for a request, which holds all of its work")
    func pacing() {
        var settings = BackendSettings()
        #expect(settings.pacing(at: .service, clock: ManualClock()).attempt == .seconds(60))
        #expect(settings.pacing(at: .endpoint, clock: ManualClock()).attempt == .seconds(600))
        (settings.requestSeconds, settings.patienceSeconds) = (7, 8)
        let pacing = settings.pacing(at: .endpoint, clock: ManualClock())
        #expect(pacing.attempt == .seconds(7) && pacing.patience == .seconds(8))
    }

    @Test("a service is asked for its model without opening anything there")
    func offer() async throws {
        let world = FakeWorld()
        let offer = try await ServiceOffer(of: FakeWorld.address, over: world.transport, pacing: world.pacing)
        #expect(offer.contextLength != 0 && world.faults.log == [ServerCapabilities.path] && !world.transport.isOpen)
        let other = FakeWorld()
        let address = ServiceAddress(url: FakeWorld.address.url, baseModel: "other")
        await #expect(throws: TinkerError.self) { try await ServiceOffer(of: address, over: other.transport, pacing: other.pacing) }
        #expect(!other.transport.isOpen)
    }
}
