import Autodidact
import Testing

@testable import AutodidactCLI

@Suite("Differences between runs")
struct RunDifferencesTests {
    private func manifest(_ id: String, task: String = "countdown", levels: String = "", k: Int = 8, settings: String? = nil) -> RunManifest
    {
        let tree = #"{"levels":[\#(levels)],"evaluation":{"problems":100,"sealedProblems":50,"samplesPerProblem":\#(k)}}"#
        return RunManifest(
            runID: id, recipe: "grpo", task: task, model: "seedling", seed: 1, settings: settings ?? tree, versions: [:], createdAt: 0)
    }

    @Test("are told by task, levels and k, not by hashes")
    func told() throws {
        let refusal = try #require(RunDifferences(manifest("a"), manifest("b", task: "arithmetic", levels: "1,2", k: 4)).refusal)
        for words in ["runs a and b", "task countdown against arithmetic", "levels the task's own against 1,2", "(k) 8 against 4"] {
            #expect("\(refusal)".contains(words), "\(refusal)")
        }
        #expect(!"\(refusal)".contains("100"), "what is equal is not told")
    }

    @Test("are none between runs of one kind, and the task's alone where settings cannot be read")
    func none() {
        #expect(RunDifferences(manifest("a"), manifest("b")).refusal == nil)
        #expect(RunDifferences(manifest("a", settings: "{}"), manifest("b", task: "choice", settings: "{}")).refusal != nil)
    }
}
