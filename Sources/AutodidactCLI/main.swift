import Autodidact
import Backends
import Foundation
import LanguageModel
import Randomness
import TaskLibrary
import Tensors

var plan = PretrainingPlan()
plan.steps = Int(CommandLine.arguments[2]) ?? 100
let out = URL(fileURLWithPath: CommandLine.arguments[1])
let clock = ContinuousClock()
let start = clock.now
let model = try Pretraining(plan: plan, cores: .all).run { p in
    FileHandle.standardError.write(Data("step \(p.step) loss \(p.loss) tokens \(p.tokens) t \(clock.now - start)\n".utf8))
}
try model.save(to: out, format: .bfloat16)
let policy = EmbeddedPolicy(try ModelDirectory(out), name: "seedling")
for family in TaskCatalogue.families {
    for level in family.card.levels.map(\.number) {
        var stream = ProblemStream(family, split: .heldOut, levels: [level], key: SeedTree(root: 5))
        let problems = stream.next(300)
        let requests = problems.map { SamplingRequest(prompt: policy.encode($0.prompt), count: 8, key: SeedTree(root: 9)(named: $0.id)) }
        let n = family.card.maximumResponseTokens
        let sampled = try await policy.sample(requests, options: SamplingOptions(maximumTokens: n))
        let greedy = try await policy.sample(problems.map { SamplingRequest(prompt: policy.encode($0.prompt), count: 1, key: SeedTree(root: 9)) }, options: .greedy(maximumTokens: n))
        var g = 0, m = 0, any = 0
        for (i, p) in problems.enumerated() {
            if await family.verifier.verdict(on: policy.decode(greedy[i][0].tokens), for: p).isCorrect { g += 1 }
            var c = 0
            for s in sampled[i] where await family.verifier.verdict(on: policy.decode(s.tokens), for: p).isCorrect { c += 1 }
            m += c
            any += c > 0 ? 1 : 0
        }
        print(family.card.slug, level, "n", problems.count, "greedy", Double(g) / Double(problems.count), "mean@8", Double(m) / Double(problems.count * 8), "pass@8", Double(any) / Double(problems.count))
        print(problems[0].prompt, policy.decode(greedy[0][0].tokens))
    }
}
