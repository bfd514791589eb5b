import Autodidact
import Reports

/// A made-up run, the same every time.
enum SampleRun {
    /// Text that would act where it is not escaped.
    static let hostile = "<script>alert('x')</script> & \"quoted\" ]]> \u{0}\u{1B}[31m\u{7F}\u{202E}evil\u{FFFF} &lt;"

    static let manifest = manifestWith(
        settings: #"{"evaluation":{"problems":200,"samplesPerProblem":8,"temperature":1},"gate":{"confidence":0.95,"greedyLevel":0.05},"#
            + #""generations":8,"recipe":{"learningRate":0.0003,"levels":[1,2,3],"problems":256,"samplesPerProblem":16},"seed":1}"#)

    static func manifestWith(settings: String) -> RunManifest {
        RunManifest(
            runID: "2026-11-14-expert-iteration-7f3a", recipe: "expert-iteration", task: "countdown", model: "seedling", seed: 1,
            settings: settings,
            versions: ["engine": "0.1.0", "verifier": "countdown 1", "toolchain": "Swift 6.3.1"], createdAt: 1_794_650_000
        )
    }

    /// A run of some generations; unfinished ones have no summary.
    static func dossier(generations count: Int = 8, isFinished: Bool = true, reason: String? = nil) throws -> RunDossier {
        let baseline = evaluation(skill: 0.24, split: .heldOut, hash: "base")
        var incumbent = baseline
        var records: [GenerationRecord] = []
        for number in 1...max(1, count) where count > 0 {
            let skill = [0.27, 0.30, 0.285, 0.34, 0.37, 0.30, 0.40, 0.405][(number - 1) % 8]
            let record = try record(number, skill: skill, incumbent: incumbent, reason: reason)
            if record.decision.outcome == .promoted { incumbent = record.evaluation }
            records.append(record)
        }
        return RunDossier(
            manifest: manifest, plannedGenerations: max(count, isFinished ? 0 : 8), baseline: baseline, generations: records,
            digests: records.map { digest($0.number, of: count) },
            summary: isFinished ? try summary(changed: incumbent.weightsHash != "base") : nil
        )
    }

    static func summary(
        changed: Bool = true, skill: Double = 0.42, before: Double = 0.25, text: String = "(25 − 3) × 4 + 2 = 90"
    ) throws -> RunSummary {
        let before = evaluation(skill: before, split: .sealed, hash: "base", seed: 7)
        let after = changed ? evaluation(skill: skill, split: .sealed, hash: "c0ffee5eed", seed: 9) : before
        let phases = PhaseSeconds([.sample: 71.4, .verify: 3.2, .train: 88.1, .evaluate: 34.9, .write: 1.7])
        let pair = ExamplePair(
            prompt: "numbers 25 3 4 2 target 90", before: "25 * 3 + 4 * 2 = 90", verdictBefore: .wrong("evaluates to 83, target is 90"),
            after: text, verdictAfter: .correct
        )
        let unchanged = ExamplePair(
            prompt: "numbers 7 11 50 6 target 133", before: "", verdictBefore: .wrong("no expression found"),
            after: "50 + 7 * 11 + 6", verdictAfter: .unscorable(reason: "the checker timed out")
        )
        return RunSummary(
            before: before, after: after, comparison: try PairedComparison.between(incumbent: before, candidate: after),
            examples: [pair, unchanged], weightsHash: after.weightsHash, seconds: phases, wallSeconds: 201.6
        )
    }

    static func record(
        _ number: Int, skill: Double, incumbent: EvaluationResult, reason: String? = nil
    ) throws -> GenerationRecord {
        let evaluation = evaluation(skill: skill, split: .heldOut, hash: "g\(number)", seed: UInt64(number) + 20)
        let found = try Gate().decide(incumbent: incumbent, candidate: evaluation, look: number)
        let decision = GateDecision(outcome: found.outcome, reason: reason ?? found.reason, comparison: found.comparison)
        let progress = Double(number)
        return GenerationRecord(
            number: number, candidateHash: "g\(number)",
            incumbentHash: decision.outcome == .promoted ? "g\(number)" : incumbent.weightsHash,
            episodes: 4096, correct: Int(4096 * skill), unscorable: number % 3, tokensSampled: 98_304, tokensTrained: 61_440,
            metrics: [
                "reward": skill, "reward_std": 0.41 - progress / 60, "loss": 1.1 / progress, "entropy": 0.92 - progress / 14,
                "grad_norm": 1.3 + (progress * 0.9).remainder(dividingBy: 1), "kl_k3": 0.004 * progress,
                "completions/mean_length": 22 + progress, "completions/clipped_ratio": number == 3 ? .nan : 0.02, "learning_rate": 3e-4,
                "train/steps": 24,
            ],
            evaluation: evaluation, decision: decision,
            seconds: PhaseSeconds([.sample: 8.6 + progress / 9, .verify: 0.4, .train: 11 - progress / 5, .evaluate: 3.1, .write: 0.2])
        )
    }

    static func evaluation(
        skill: Double, split: Split, hash: String, seed: UInt64 = 3, problems: Int = 200, k: Int = 8
    ) -> EvaluationResult {
        var luck = Luck(seed: seed)
        // The same for all evaluations of a split: what a problem asks does not depend on who answers.
        var nature = Luck(seed: split == .sealed ? 101 : 100)
        let outcomes = (0..<problems).map { index in
            let level = index % 3 + 1
            let talent = min(0.98, max(0.01, skill * (1.5 - 0.25 * Double(level)) + (nature.next() - 0.5) * 0.5))
            let chance = skill > 0 ? talent : 0
            let correct = (0..<k).count { _ in luck.next() < chance }
            return ProblemOutcome(
                problem: "\(split.rawValue)-\(index)", level: level, judged: k, correct: correct, greedy: luck.next() < chance * 1.15)
        }
        return EvaluationResult(
            split: split, samplesPerProblem: k, temperature: 1, weightsHash: hash, outcomes: outcomes, tokens: problems * (k + 1) * 24,
            meanTokens: 24.2, unscorable: 0
        )
    }

    static func digest(_ number: Int, of count: Int) -> GenerationDigest {
        var luck = Luck(seed: UInt64(number) + 50)
        let skill = 0.25 + 0.2 * Double(number) / Double(max(1, count))
        let episodes = (0..<600).map { member -> Episode in
            let isCorrect = luck.next() < skill
            let partial = (luck.next() * 4).rounded(.down) / 10
            let length = Int(10 + 14 * (luck.next() + luck.next()) + Double(number))
            return episode(
                member: member, length: length,
                verdict: isCorrect ? .correct : .wrong(score: partial, feedback: "evaluates to \(80 + member % 9), target is 90"))
        }
        return GenerationDigest(number: number, episodes: episodes, longest: 48, samples: 2)
    }

    static func episode(
        member: Int, length: Int, verdict: Verdict, prompt: String = "numbers 25 3 4 2 target 90",
        response: String = "(25 − 3) × 4 + 2 = 90"
    ) -> Episode {
        let problem = Problem(task: "countdown", canonical: "\(member)", prompt: prompt, reference: "", level: member % 3 + 1)
        let values = [Float](repeating: -0.5, count: length)
        let completion = Completion(
            tokens: [TokenID](repeating: 65, count: length), logprobs: Logprobs(values), drawnLogprobs: Logprobs(values),
            stopReason: .endOfText
        )
        return Episode(
            problem: problem, turns: [.environment([1, 2]), .policy(completion)], response: response, stopReason: .endOfText,
            verdict: verdict, origin: EpisodeOrigin(weightsHash: "base", key: 1, member: member)
        )
    }
}

/// Numbers that look random and are the same every time.
struct Luck {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
    }

    /// 0..<1.
    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }
}
