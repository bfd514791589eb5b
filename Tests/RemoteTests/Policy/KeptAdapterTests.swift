import Autodidact
import Testing

@testable import Remote

@Suite("Adapters that are done with")
struct KeptAdapterTests {
    /// Connects, makes a frozen copy and another in its place, and closes.
    private func use(_ world: FakeWorld, _ options: TinkerOptions) async throws {
        let policy = try await world.policy(options)
        for _ in 0..<2 { _ = try await policy.frozen() }
        try await policy.close()
    }

    @Test("are taken off the service")
    func unloaded() async throws {
        let world = FakeWorld()
        try await use(world, TinkerOptions())
        #expect(world.service.loadedModels == 0)
    }

    @Test("stay where a cluster would break, and nothing asks to take one off")
    func kept() async throws {
        let world = FakeWorld()
        try await use(world, TinkerOptions(keepsAdapters: true))
        // Two to measure with, the policy's own, and the copies.
        #expect(world.service.loadedModels == 5)
        #expect(!world.faults.log.contains(UnloadModel.path))
    }
}
