import Autodidact
import Foundation
import RunStore
import Testing

@Suite("opening a store")
struct OpeningTests {
    @Test("many at once make one store")
    func together() async throws {
        try await withFolder { folder in
            let place = folder.appendingPathComponent("deep/store")
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try RunStore(folder: place).runs().count } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts == Array(repeating: 0, count: 8))
        }
    }

    @Test("a temporary store is empty and its own")
    func temporary() async throws {
        let first = try RunStore.temporary(), second = try RunStore.temporary()
        #expect(first.folder != second.folder)
        #expect(try first.runs().isEmpty)
        for store in [first, second] { try FileManager.default.removeItem(at: store.folder) }
    }

    @Test("a reader sees committed runs while another store writes")
    func readerBesideWriter() async throws {
        try await withFolder { folder in
            let reader = try RunStore(folder: folder)
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 2)
            #expect(try reader.run("last").generations == 1)
            #expect(try reader.run("last").state == .running)
        }
    }
}
