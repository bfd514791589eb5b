import Testing

@testable import Autodidact

@Suite("Mistyped keys")
struct MistypedKeyTests {
    static let keys = [
        "evaluation.problems", "evaluation.samplesPerProblem", "evaluation.temperature", "gate.confidence", "gate.enabled", "generations",
        "recipe.learningRate", "recipe.problemsPerStep", "recipe.samplesPerProblem", "recipe.temperature", "retention.problems",
        "safety.verifierErrors", "seed",
    ]

    @Test(
        "are held against whole keys, then last parts, then their beginnings, in the own group first",
        arguments: [
            ("gate.confidnce", ["gate.confidence"]), ("sed", ["seed"]), ("learningrate", ["recipe.learningRate"]),
            ("temperature", ["evaluation.temperature", "recipe.temperature"]), ("problems", ["evaluation.problems", "retention.problems"]),
            ("samples", ["evaluation.samplesPerProblem", "recipe.samplesPerProblem"]), ("recipe.problems", ["recipe.problemsPerStep"]),
            ("gate.temperature", ["evaluation.temperature", "recipe.temperature"]), ("GATE.confidence", ["gate.confidence"]),
            ("recipe.sam", ["recipe.samplesPerProblem"]), ("evalation.problems", ["evaluation.problems"]),
        ] as [(String, [String])])
    func near(key: String, nearest: [String]) {
        let mistyped = MistypedKey(key, among: Self.keys)
        #expect(mistyped.nearest == nearest && mistyped.siblings.isEmpty)
    }

    @Test("of which none is near are told what their group has, where there is one")
    func far() {
        let inGroup = MistypedKey("gate.frob", among: Self.keys)
        #expect(inGroup.nearest.isEmpty && inGroup.siblings == ["confidence", "enabled"])
        for key in ["frob", "frob.frob", "", ".", "k"] {
            let mistyped = MistypedKey(key, among: Self.keys)
            #expect(mistyped.nearest.isEmpty && mistyped.siblings.isEmpty, "\(key)")
        }
        let many = (0..<9).map { "g\($0).stepsOfAll" }
        #expect(MistypedKey("steps", among: many).nearest.count == 4, "a long list helps nobody")
    }

    @Test("make one sentence, of bounded length")
    func sentences() {
        func sentence(_ nearest: [String], _ siblings: [String] = []) -> String {
            "\(SettingsError.unknownKey("a.b", nearest: nearest, siblings: siblings))"
        }
        #expect(sentence(["a.c"]) == "unknown setting 'a.b'; did you mean 'a.c'?")
        #expect(sentence(["a.c", "d.e"]) == "unknown setting 'a.b'; did you mean 'a.c' or 'd.e'?")
        #expect(sentence(["a.c", "d.e", "f"]) == "unknown setting 'a.b'; did you mean 'a.c', 'd.e' or 'f'?")
        #expect(sentence([], ["c", "d"]) == "unknown setting 'a.b'; 'a' has c, d")
        #expect(sentence([]) == "unknown setting 'a.b'; see 'autodidact plan' for all settings")
        let long = sentence([], (0..<40).map { "key\($0)" })
        #expect(long.contains("key15, …") && !long.contains("key16") && long.contains("'autodidact plan' lists all"))
    }
}
