import Foundation

/// A folder of its own for one test, removed when the value goes.
final class TemporaryFolder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("autodidact-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ name: String) -> URL {
        url.appendingPathComponent(name)
    }
}
