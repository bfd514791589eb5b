import Foundation
import Studies
import Testing

extension CommandLineTests {
    @Suite("study")
    struct StudyTests {
        static let models = JSONTests.models

        /// The 30-second form of every study: that its parts work, not what its method does.
        @Test("every study runs in its quick form", arguments: StudyCatalogue.all.map(\.card.slug))
        func quick(slug: String) async throws {
            try await Workplace.with { place in
                let outcome = try await Program.run(["study", slug, "--quick", "--json"] + Self.models, in: place.folder)
                #expect(outcome.code == 0, "\(outcome.errors)")
                let record = try JSONDecoder().decode(StudyRecord.self, from: Data(outcome.output.utf8))
                #expect(record.slug == slug && record.scale == .quick && record.seeds == 2)
                let object = try #require(try json(outcome.output) as? [String: Any])
                #expect(["reproduced", "partly", "not reproduced"].contains(object["verdict"] as? String ?? ""))
                #expect((object["criterion"] as? String)?.hasPrefix("Reproduced if all of these hold: ") == true)
                let arms = try #require(object["arms"] as? [[String: Any]])
                #expect(arms.count > 1)
                for arm in arms {
                    #expect(arm["name"] is String && arm["estimate"] is Double && arm["low"] is Double && arm["high"] is Double)
                }
                #expect(record.arms.contains { $0.tokens.allSatisfy { $0.sampled > 0 } })
                #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("Atlas").path))
            }
        }

        @Test("keeps record, page and plots where it is told, goes on after a kill, and makes the page again")
        func output() async throws {
            let slug = try #require(StudyCatalogue.all.first?.card.slug)
            try await Workplace.with { place in
                let arguments = ["study", slug, "--quick", "--output", "out"] + Self.models
                let first = place.start(arguments)
                #expect(await first.reaches { $0.contains("1/") && $0.contains("tokens") })
                first.send(SIGKILL)
                #expect(try await first.end().wasKilled)
                let outcome = try await Program.run(arguments, in: place.folder)
                #expect(outcome.code == 0 && outcome.errors.contains("kept from before"), "\(outcome)")
                let folder = place.folder.appendingPathComponent("out")
                #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent(".cells/\(slug)").path))
                let record = try JSONDecoder().decode(
                    StudyRecord.self, from: Data(contentsOf: folder.appendingPathComponent("\(slug).json")))
                #expect(record.command == "autodidact study \(slug) --quick")
                let page = folder.appendingPathComponent("ATLAS.md")
                let written = try String(contentsOf: page, encoding: .utf8)
                #expect(written.contains("quick form") && written.contains("(atlas/\(slug).svg)"))
                let card = try String(contentsOf: folder.appendingPathComponent("\(slug).md"), encoding: .utf8)
                #expect(card.contains("quick form") && card.contains("(ATLAS.md#\(slug))"))
                try FileManager.default.removeItem(at: page)
                let again = try await place.run("study", "--atlas", "--output", "out")
                #expect(again.code == 0)
                #expect(try String(contentsOf: page, encoding: .utf8) == written)
            }
        }

        @Test("stops at a signal with code 130, and keeps what is finished")
        func interrupted() async throws {
            let slug = try #require(StudyCatalogue.all.first?.card.slug)
            try await Workplace.with { place in
                let program = place.start(["study", slug, "--output", "out"] + Self.models)
                #expect(await program.reaches { $0.contains("\(slug) 2/") })
                program.send(SIGINT)
                let outcome = try await program.end()
                #expect(outcome.code == 130 && outcome.output.isEmpty && outcome.errors.contains("goes on after the parts"))
                let cells = place.folder.appendingPathComponent("out/.cells/\(slug)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: cells.path).count == 1)
            }
        }

        @Test("without a name lists the studies with their criteria")
        func list() async throws {
            try await Workplace.with { place in
                let studies = try #require(try json(try await place.run("study", "--json").output) as? [[String: Any]])
                #expect(studies.compactMap { $0["slug"] as? String } == StudyCatalogue.all.map(\.card.slug))
                #expect(studies.allSatisfy { ($0["criterion"] as? String)?.isEmpty == false })
                #expect(try await place.run("study").output.contains("claim: "))
            }
        }

        /// `plan` reads the same options as `run`, and takes no time.
        @Test("the commands on the cards are read as they stand", arguments: StudyCatalogue.all.map(\.card.slug))
        func commands(slug: String) async throws {
            let card = try String(contentsOf: Program.root.appendingPathComponent("Atlas/\(slug).md"), encoding: .utf8)
            let commands = card.split(separator: "\n").filter { $0.hasPrefix("autodidact run ") }
            #expect(commands.count >= 2 && card.contains("\nautodidact study \(slug)"))
            try await Workplace.with { place in
                let rows = Program.root.appendingPathComponent("Examples/OwnTask/chains.jsonl").path
                for command in commands {
                    let words = command.prefix { $0 != "#" }.split(separator: " ").dropFirst(2).map { word in
                        word == "my.jsonl" ? rows : word == "DIR" ? "seedling" : String(word)
                    }
                    let outcome = try await Program.run(["plan"] + words + Self.models, in: place.folder)
                    #expect(outcome.code == 0, "\(command): \(outcome.errors)")
                }
            }
        }

        @Test("a record that is none is refused by file and field")
        func damaged() async throws {
            try await Workplace.with { place in
                let folder = place.folder.appendingPathComponent("out")
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(#"{"slug": "x"}"#.utf8).write(to: folder.appendingPathComponent("x.json"))
                #expect(try await place.run("study", "--atlas", "--output", "out").failed(2, naming: "out/x.json", "title"))
            }
        }
    }
}
