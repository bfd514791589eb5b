import Foundation
import Studies
import Testing

@testable import Reports

@Suite("The Atlas")
struct AtlasPageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A record as a study writes it.
    private static let record = """
        {"slug": "nft", "title": "NFT | <b>", "arxiv": "2505.18116", "claim": "Wrong answers teach.", "criterion": "Reproduced if …",
        "verdict": "partly", "seeds": 3, "scale": "full", "notes": ["Two learning rates were tried."],
        "quantity": {"measurement": "mean@8", "title": "mean@8", "unit": "share"},
        "curves": [{"measurement": "mean@8", "title": "mean@8", "unit": "share"},
        {"measurement": "unknown", "title": "?", "unit": "number"}],
        "checks": [{"name": "gain", "text": "nft exceeds rft", "weight": "core", "holds": true,
        "figures": [{"name": "nft − rft", "estimate": 0.031, "low": 0.012, "high": 0.05}]},
        {"name": "cost", "text": "…", "weight": "required", "holds": false, "figures": [{"name": "nft", "estimate": 1200000}]}],
        "arms": [
        {"name": "base", "summary": "untrained", "estimate": 0.25, "low": 0.25, "high": 0.25, "problems": 400,
        "budget": "own: it does not train",
        "tokens": [{"sampled": 0, "scored": 0, "trained": 0, "evaluated": 100}], "measuredSeconds": [1], "settings": {"task": "countdown"},
        "measurements": {"mean@8": {"estimate": 0.25, "low": 0.25, "high": 0.25, "values": [0.25, 0.25, 0.25]}}, "series": {}},
        {"name": "nft", "summary": "learns | from both", "estimate": 0.41, "low": 0.38, "high": 0.44, "problems": 400, "budget": "equal",
        "tokens": [{"sampled": 1000000, "scored": 0, "trained": 2000000, "evaluated": 100}], "measuredSeconds": [61],
        "settings": {"task": "countdown"},
        "measurements": {"mean@8": {"estimate": 0.41, "low": 0.38, "high": 0.44, "values": [0.4, 0.41, 0.42]}},
        "series": {"mean@8": [{"steps": [0, 1, 2], "values": [0.25, 0.3, 0.4]}, {"steps": [0, 1, 2], "values": [0.25, 0.35, 0.42]}]}}],
        "model": {"name": "seedling", "weightsHash": "abcdef0123456789"}, "versions": {"autodidact": "0"},
        "command": "autodidact study nft"}
        """

    private func record() throws -> StudyRecord { try JSONDecoder().decode(StudyRecord.self, from: Data(Self.record.utf8)) }

    @Test("shows verdict, figures, checks, notes and the command of each study")
    func page() throws {
        let page = AtlasPage.markdown([try record()])
        for words in [
            "[NFT \\| <b>](#nft)", "**partly**", "41.0 % [38.0, 44.0]", "**holds** gain (core): nft − rft 0.031 [0.012, 0.05]",
            "**fails** cost (required): nft 1.20 M", "Two learning rates were tried.", "`autodidact study nft`", "learns \\| from both",
            "1.00 M", "(atlas/nft.svg)", "(atlas/nft-mean-8.svg)",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("unknown"))
    }

    @Test("plots are well-formed, say what they show, and name every arm")
    func plots() throws {
        let plots = AtlasPage.plots(try record())
        #expect(plots.map(\.name) == ["nft.svg", "nft-mean-8.svg"])
        for plot in plots {
            let parsed = ParsedPage(plot.svg)
            #expect(parsed.problem == nil && parsed.text.contains("nft") && parsed.elements["title"].map { $0 > 0 } == true)
        }
        #expect(plots[0].svg.contains("base") && plots[0].svg.contains("41.0 %"))
        // The curve is the mean over seeds; both seeds are there, thin.
        #expect(plots[1].svg.contains("nft from 25.0 % to 41.0 %."))
        #expect(ParsedPage(plots[1].svg).attributes["class"]?.count { $0.contains("thin") } == 2)
    }

    @Test("a study on a terminal says its verdict first")
    func text() throws {
        let text = studyText(try record(), color: .none)
        #expect(text.split(separator: "\n").dropFirst().first == "partly")
        for words in ["41.0 %", "[38.0, 44.0]", "holds   gain (core): nft exceeds rft", "fails   cost"] { #expect(text.contains(words)) }
    }

    @Test("of the quick form nothing is judged: no intervals, and nothing holds or fails")
    func quick() throws {
        let quick = Self.record.replacing(#""scale": "full""#, with: #""scale": "quick""#)
        let record = try JSONDecoder().decode(StudyRecord.self, from: Data(quick.utf8))
        let plot = ArmsPlot(record).picture.source
        let page = AtlasPage.markdown([record]), card = try AtlasCard.markdown(record, page: "ATLAS.md")
        for text in [studyText(record, color: .none), page, card, plot] {
            #expect(text.contains("41.0 %"))
            for words in [
                "38.0", "44.0", "0.012", "**holds**", "  holds ", "**fails**", "  fails ", "**partly**", "95 % over", "95 % interval over",
            ] {
                #expect(!text.contains(words), "\(words): \(text)")
            }
        }
        #expect(page.contains("Of 0 systems") && page.contains("**quick form**") && card.contains("**quick form**"))
    }

    @Test("a card says how to run the system, what came out and where, and what was set")
    func card() throws {
        let card = try AtlasCard.markdown(try record(), page: "../docs/ATLAS.md")
        for words in [
            "# NFT | <b>", "arXiv:2505.18116", "Wrong answers teach.", "autodidact run nft --task countdown", "autodidact study nft",
            "--task my.jsonl --verifier number --model DIR", "**partly** · 3 seeds", "41.0 % [38.0, 44.0] | 400 |",
            "**holds** gain (core): nft − rft 0.031 [0.012, 0.05]", "(../docs/ATLAS.md#nft)", "| `groups/mixed` | share of groups |",
            "(`func mixedGroups`, [NFT.swift](../Sources/Recipes/SelfTraining/NFT.swift))", "| `recipe.samplesPerProblem` | 8 | – |",
        ] {
            #expect(card.contains(words), "\(words)")
        }
    }

    @Test("a card of an environment's recipe promises no file of questions")
    func environment() throws {
        let text = Self.record.replacing("\"slug\": \"nft\"", with: "\"slug\": \"agent-r\"")
        let record = try JSONDecoder().decode(StudyRecord.self, from: Data(text.utf8))
        let card = try AtlasCard.markdown(record, page: "ATLAS.md")
        #expect(!card.contains("my.jsonl") && card.contains("a file of questions is none") && card.contains("(ATLAS.md#agent-r)"))
    }

    @Test("a record of a system that is not in the catalogue has no card")
    func unknown() throws {
        let text = Self.record.replacing("\"slug\": \"nft\"", with: "\"slug\": \"nftt\"")
        let record = try JSONDecoder().decode(StudyRecord.self, from: Data(text.utf8))
        #expect(throws: (any Error).self) { try AtlasCard.markdown(record, page: "ATLAS.md") }
    }

    @Test("the page and the cards in the repository are those of their records")
    func current() throws {
        let folder = Self.root.appendingPathComponent("Atlas")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
        let records = try names.map {
            try JSONDecoder().decode(StudyRecord.self, from: Data(contentsOf: folder.appendingPathComponent($0)))
        }
        for record in records {
            let card = try String(contentsOf: folder.appendingPathComponent(AtlasCard.name(record)), encoding: .utf8)
            let current = try AtlasCard.markdown(record, page: "../docs/ATLAS.md")
            #expect(card == current, "\(record.slug).md: run autodidact study --atlas")
        }
        #expect(names == records.map { "\($0.slug).json" })
        #expect(records.allSatisfy { $0.scale == .full && $0.seeds >= 3 })
        let docs = Self.root.appendingPathComponent("docs")
        #expect(try String(contentsOf: docs.appendingPathComponent("ATLAS.md"), encoding: .utf8) == AtlasPage.markdown(records))
        var expected: Set<String> = []
        for plot in records.flatMap(AtlasPage.plots) {
            let file = docs.appendingPathComponent(AtlasPage.plotFolder).appendingPathComponent(plot.name)
            #expect(try String(contentsOf: file, encoding: .utf8) == plot.svg, "\(plot.name): run autodidact study --atlas")
            expected.insert(plot.name)
        }
        let present = try FileManager.default.contentsOfDirectory(atPath: docs.appendingPathComponent(AtlasPage.plotFolder).path)
        #expect(Set(present) == expected)
    }
}
