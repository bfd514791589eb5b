import Foundation
import Testing

extension CommandLineTests {
    @Suite("pretraining")
    struct PretrainTests {
        @Test("makes a model that can be read, and its card")
        func pretrain() async throws {
            try await Workplace.with { place in
                let outcome = try await place.run("pretrain", "--output", "base", "--steps", "2", "--problems", "3", "--json")
                #expect(outcome.code == 0, "\(outcome)")
                let card = try String(contentsOf: place.folder.appendingPathComponent("base/README.md"), encoding: .utf8)
                #expect(
                    card.contains("autodidact pretrain --output base --steps 2 --seed 1") && card.contains("| countdown | 2 (default) |"))
                #expect(card.contains("| keydoor | 2 (default) |") && card.contains("| verdicts | arithmetic | 1 | 3 |"))
                #expect(try await place.run("models", "show", "./base").code == 0)
                #expect(try await place.run("pretrain", "--output", "base", "--steps", "2").failed(2, naming: "--overwrite"))
            }
        }
    }
}
