import Autodidact
import Foundation
import RunStore
import Testing

/// Stores as released programs wrote them: `Fixtures/format-N`, never changed once committed.
///
/// The one of the present format is made where it is missing, and then has to be committed.
@Suite("stores that earlier releases wrote")
struct GoldenStoreTests {
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    static let formats = 2...3

    @Test("every format opens, reads as it was written, and goes on to the same end", arguments: formats)
    func opens(format: Int) async throws {
        let golden = Self.fixtures.appendingPathComponent("format-\(format)")
        if !FileManager.default.fileExists(atPath: golden.path) { try await make(golden) }
        try await withFolder { folder in
            let copy = folder.appendingPathComponent("store")
            try FileManager.default.copyItem(at: golden, to: copy)
            let run = try ScriptedRun(folder: copy, retaining: 10)
            #expect(try await ScriptedRun.expectState(4, in: run.store, ledger: run.ledger))
            try await run.run(after: 4)
            #expect(try await ScriptedRun.expectState(ScriptedRun.steps, in: run.store, ledger: run.ledger))
        }
    }

    /// Writes the store that later releases have to open.
    private func make(_ golden: URL) async throws {
        Issue.record("\(golden.lastPathComponent) was missing and has been written; commit it")
        try await ScriptedRun(folder: golden, retaining: 10).run(upTo: 4)
        try FileManager.default.removeItem(at: golden.appendingPathComponent("locks"))
    }
}
