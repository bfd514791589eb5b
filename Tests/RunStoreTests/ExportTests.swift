import Autodidact
import Foundation
import RunStore
import Testing

@Suite("export")
struct ExportTests {
    private struct Line: Decodable {
        let prompt: String
        let completion: String
        let label: Bool
        let problem_id: String
        let generation: Int
        let reward: Double
    }

    @Test("every judged episode is one line, in order")
    func lines() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 3)
            let file = folder.appendingPathComponent("out.jsonl")
            let count = try run.store.exportEpisodes(of: "otter-1", to: file)
            let judged = (1...2).flatMap { number in Records.episodes(20, generation: number).map { ($0, number) } }
                .filter { $0.0.verdict.reward != nil }
            #expect(count.exported == judged.count && count.unscorable == 40 - judged.count)
            let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(Line.self, from: $0)
            }
            #expect(lines.count == judged.count)
            for (line, (episode, generation)) in zip(lines, judged) {
                #expect(line.prompt == episode.problem.prompt && line.completion == episode.response)
                #expect(line.label == episode.verdict.isCorrect && line.reward == episode.verdict.reward)
                #expect(line.problem_id == episode.problem.id && line.generation == generation)
            }
        }
    }

    @Test("a file that cannot be written is an error and leaves nothing behind")
    func unwritable() async throws {
        try await withFolder { folder in
            let run = try ScriptedRun(folder: folder)
            try await run.run(upTo: 3)
            let target = folder.appendingPathComponent("target")
            try FileManager.default.createDirectory(at: target.appendingPathComponent("full"), withIntermediateDirectories: true)
            #expect(throws: StoreError.self) { try run.store.exportEpisodes(of: "otter-1", to: target) }
            #expect(throws: StoreError.self) { try run.store.exportEpisodes(of: "otter-1", to: folder.appendingPathComponent("none/out")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") } == [])
        }
    }
}
