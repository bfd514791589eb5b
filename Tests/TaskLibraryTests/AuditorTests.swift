import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Second verifiers")
struct AuditorTests {
    static let slugs = TaskCatalogue.families.filter { $0.auditor != nil }.map(\.card.slug)

    @Test("accept whatever the first verifier rightly accepts, and no honest mistake", arguments: slugs)
    func agreement(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        let auditor = try #require(family.auditor)
        var generator = SeedTree(root: 31)("auditor").generator
        for item in family.auditItems(count: 1_500, using: &generator) where item.kind != .adversarial {
            let verdict = await auditor.verdict(on: item.response, for: item.problem)
            #expect(verdict.isCorrect == (item.kind == .right), "\(item.kind) '\(item.response)' of '\(item.problem.prompt)': \(verdict)")
        }
    }

    @Test("reject every cheat", arguments: slugs)
    func cheats(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        let auditor = try #require(family.auditor)
        var generator = SeedTree(root: 32)("auditor").generator
        for level in family.card.levels {
            for _ in 0..<100 {
                let problem = family.problem(level: level.number, using: &generator)
                for cheat in family.cheatResponses(for: problem) {
                    #expect(await !auditor.verdict(on: cheat.response, for: problem).isCorrect, "\(cheat.name) of '\(problem.prompt)'")
                }
                #expect(await auditor.verdict(on: family.oracleResponse(for: problem), for: problem).isCorrect)
            }
        }
    }

    @Test("read prompts alone: a broken reference changes nothing, a foreign prompt is unscorable", arguments: slugs)
    func independence(slug: String) async throws {
        let family = try TaskCatalogue.family(named: slug)
        let auditor = try #require(family.auditor)
        var generator = SeedTree(root: 33)("auditor").generator
        let problem = family.problem(level: 1, using: &generator)
        func broken(prompt: String) -> Problem { Problem(task: slug, canonical: "x", prompt: prompt, reference: "?", level: 1) }
        #expect(await auditor.verdict(on: family.oracleResponse(for: problem), for: broken(prompt: problem.prompt)).isCorrect)
        #expect(await auditor.verdict(on: "1+1=2", for: broken(prompt: "what is this?\n")).reward == nil)
        #expect(slug.isEmpty == false && auditor.version != family.verifier.version)
    }

    @Test("there are some", arguments: ["countdown", "arithmetic"])
    func some(slug: String) { #expect(Self.slugs.contains(slug)) }
}
