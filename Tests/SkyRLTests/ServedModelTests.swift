import Foundation
import LanguageModel
import Testing

/// What is served is a directory that Autodidact wrote.
@Suite("The model that is served", .enabled(if: SkyRL.made != nil, "Scripts/skyrl-tx says where to write it"))
struct ServedModelTests {
    private static let seedling = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Models/seedling")

    @Test("is seedling, written in fp32 so that the service computes in it")
    func write() throws {
        let directory = try #require(SkyRL.made)
        try ModelDirectory(Self.seedling).save(to: directory)
        #expect(try ModelDirectory(directory).configuration.dtype == .float32)
    }
}
