import Autodidact
import TaskLibrary
import Testing

@Suite("The task catalogue")
struct TaskCatalogueTests {
    @Test("finds every family by its slug, each once")
    func finds() throws {
        let slugs = TaskCatalogue.families.map(\.card.slug)
        #expect(slugs == ["countdown", "arithmetic", "keydoor", "translation", "choice"])
        for slug in slugs { #expect(try TaskCatalogue.family(named: slug).card.slug == slug) }
    }

    @Test("the family that runs programs is found where there is something to run them in, and asks for it then only")
    func programs() throws {
        var asked = 0
        func runner() -> any ProgramRunner {
            asked += 1
            return NoRunner()
        }
        #expect(TaskCatalogue.cards.map(\.slug) == TaskCatalogue.families.map(\.card.slug) + ["python"])
        #expect(try TaskCatalogue.family(named: "choice", runner: runner).card.slug == "choice" && asked == 0)
        #expect(try TaskCatalogue.family(named: "python", runner: runner).card.slug == "python" && asked == 1)
        let error = #expect(throws: UnknownTask.self) { try TaskCatalogue.family(named: "pyhton", runner: runner) }
        #expect(error?.nearest == "python" && asked == 1)
        #expect(throws: UnknownTask.self) { try TaskCatalogue.family(named: "python") }
    }

    @Test("an unknown name gets the nearest one suggested")
    func suggests() {
        #expect(throws: UnknownTask(slug: "countdwon", known: TaskCatalogue.families.map(\.card.slug))) {
            try TaskCatalogue.family(named: "countdwon")
        }
        let error = UnknownTask(slug: "countdwon", known: ["countdown", "arithmetic"])
        #expect(error.nearest == "countdown")
        #expect("\(error)" == "there is no task named 'countdwon'; did you mean 'countdown'? Known tasks: countdown, arithmetic.")
        let far = UnknownTask(slug: "poetry", known: ["countdown", "arithmetic"])
        #expect("\(far)" == "there is no task named 'poetry'. Known tasks: countdown, arithmetic.")
    }

    @Test("cards have rising levels, defaults among them, and a summary in one line")
    func cards() {
        for card in TaskCatalogue.families.map(\.card) {
            #expect(card.levels.map(\.number) == Array(1...card.levels.count))
            #expect(!card.defaultLevels.isEmpty && card.defaultLevels.allSatisfy { level in card.levels.contains { $0.number == level } })
            #expect(!card.summary.isEmpty && !card.summary.contains("\n"))
        }
        #expect(TaskCatalogue.families.map(\.card.maximumResponseTokens) == [52, 81, 7, 67, 16])
        #expect(TaskCatalogue.families.map(\.card.maximumTurns) == [1, 1, 14, 1, 1])
    }
}

@Suite("The nearest name")
struct NearestNameTests {
    private let names = ["countdown", "arithmetic", "sft", "dpo", "expert-iteration"]

    @Test(
        "is found after a few edits",
        arguments: [
            ("countdown", "countdown"), ("Countdown", "countdown"), ("countdwon", "countdown"), ("coutdown", "countdown"),
            ("countdowns", "countdown"), ("kountdown", "countdown"), ("arithmetik", "arithmetic"), ("aritmetic", "arithmetic"),
            ("spt", "sft"), ("dop", "dpo"), ("fst", "sft"), ("expert_iteration", "expert-iteration"),
            ("expertiteration", "expert-iteration"),
        ])
    func found(name: String, nearest: String) {
        #expect(nearestName(to: name, among: names) == nearest)
    }

    @Test(
        "is nil where nothing is near",
        arguments: ["", "x", "xyz", "poetry", "down", "tfs", String(repeating: "countdown", count: 100_000)])
    func notFound(name: String) {
        #expect(nearestName(to: name, among: names) == nil)
    }

    @Test("prefers the nearer, then the earlier, and needs something in common")
    func ties() {
        #expect(nearestName(to: "learningRat", among: ["learningRatio", "learningRate"]) == "learningRate")
        #expect(nearestName(to: "dpa", among: ["dpo", "dpb"]) == "dpo")
        #expect(nearestName(to: "x", among: ["k", "y"]) == nil)
        #expect(nearestName(to: "k", among: ["k"]) == "k")
        #expect(nearestName(to: "anything", among: []) == nil)
    }
}
