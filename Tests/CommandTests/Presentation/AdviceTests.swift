import Autodidact
import Recipes
import TaskLibrary
import Testing

@testable import AutodidactCLI

@Suite("Advice where a model was not taught what a run asks")
struct AdviceTests {
    @Test("says beforehand that the base model gives no second answers at a task, and what fits")
    func beforehand() throws {
        let (score, grpo) = (SCoRe(settings: SCoRe.Settings()), GRPO(settings: GRPO.Settings()))
        let (countdown, arithmetic) = (try TaskCatalogue.family(named: "countdown"), try TaskCatalogue.family(named: "arithmetic"))
        let text = try #require(Advice.beforehand(recipe: score, task: countdown, model: "seedling"))
        for word in ["'score' asks for a second answer", "'seedling'", "'countdown'", "--task arithmetic", "grpo"] {
            #expect(text.contains(word), "\(text)")
        }
        #expect(Advice.beforehand(recipe: score, task: arithmetic, model: "seedling") == nil)
        #expect(Advice.beforehand(recipe: grpo, task: countdown, model: "seedling") == nil)
        #expect(Advice.beforehand(recipe: score, task: countdown, model: "/models/qwen") == nil, "nothing is known of other models")
    }

    @Test(
        "says afterwards what may be done",
        arguments: [
            ("score", "countdown", "seedling", ["second answer", "--task arithmetic"]),
            ("correction-sft", "countdown", "seedling", ["second answer", "--task arithmetic"]),
            ("score", "countdown", "/models/qwen", ["second answer", "such as grpo"]), ("grpo", "countdown", "seedling", ["--level 1"]),
            ("agent-r", "keydoor", "seedling", ["--level 1"]), ("a-later-one", "countdown", "seedling", ["--level 1"]),
        ])
    func afterwards(recipe: String, task: String, model: String, words: [String]) {
        let manifest = RunManifest(
            runID: "r", recipe: recipe, task: task, model: model, seed: 1, settings: "{}", versions: [:], createdAt: 0)
        let text = Advice.nothingSolved(manifest)
        #expect(words.allSatisfy { text.contains($0) }, "\(text)")
    }

    @Test("says after a run that promoted nothing, but solved some, what to try instead of an export", arguments: [0, 4])
    func nothingPromoted(correct: Int) throws {
        let manifest = RunManifest(
            runID: "r", recipe: "grpo", task: "countdown", model: "seedling", seed: 1, settings: "{}", versions: [:], createdAt: 0)
        let outcomes = (0..<20).map { ProblemOutcome(problem: "p\($0)", level: 1, judged: 8, correct: correct, greedy: false) }
        let sealed = EvaluationResult(
            split: .sealed, samplesPerProblem: 8, temperature: 1, weightsHash: "base", outcomes: outcomes, tokens: 1, meanTokens: 1,
            unscorable: 0)
        let summary = RunSummary(
            before: sealed, after: sealed, comparison: try PairedComparison.between(incumbent: sealed, candidate: sealed), examples: [],
            weightsHash: "base", seconds: PhaseSeconds(), wallSeconds: 0)
        let text = Advice.nothingLearned(summary, manifest)
        #expect(text.contains("--generations") == (correct > 0) && text.contains("--level"), "\(text)")
    }
}
