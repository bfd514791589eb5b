import Autodidact
import Recipes
import TaskLibrary

/// Self-training on revised episodes against good episodes alone and against revising at the end.
struct AgentRStudy: Study {
    private static let levels = [2, 3]

    var card: StudyCard {
        StudyCard(
            slug: "agent-r", title: "Agent-R", arxiv: "2501.11425",
            claim:
                "Training on episodes that turn round at the first bad step, as the policy itself judges it, makes an agent recover from "
                + "mistakes better than training on good episodes alone or on revisions at the end.",
            quantity: StudyQuantity("recovery", title: "success after 1 to 3 forced random actions"),
            curves: [
                StudyQuantity("recovery", title: "success after forced random actions"),
                StudyQuantity("splice/dropped", title: "splices whose replay failed"),
            ],
            notes: [
                "Keydoor, levels 2 and 3; three generations of search, splices kept only where the replay reaches the good episode's "
                    + "score.",
                "Episodes are cut after 14 turns, and a bad one is left where the good rest still fits: so revising at the end is moved "
                    + "forward too, and about as many of its splices replay. How late a revision comes is not measured.",
                "Arms sample equally many tokens, but learn from different numbers of episodes: where few splices replay, good episodes "
                    + "alone are more lessons (169 k tokens trained against 138 k).",
                "Tried first: levels 1 and 2 with pairs drawn at random. Every splice failed its replay, and the three arms were the "
                    + "same. Then levels 2 and 3 with 40 rounds: five splices in all, one seed, recovery 63 % against 58 % (good only) "
                    + "and 59 % (direct revision).",
                "Forced actions are drawn uniformly from all actions and are the same for every arm; no arm has trained on these "
                    + "beginnings.",
                "The base model's demonstrations contain mistakes and recoveries, as its demonstrator errs once in five moves.",
                "An earlier base came out as not reproduced (good only 57.8 %, agent-r 40.2 %). A first draw of problems on this one, "
                    + "three seeds, and four bad episodes tried of a problem did so too: recovery 54.3 % against 54.1 % (good only) and "
                    + "47.9 % (direct revision), on 201 splices. This is a second draw, all of it new, with up to sixteen tried, more "
                    + "seeds and the same criterion.",
            ], seeds: 6, draw: 1)
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("recovers better", "agent-r", over: "good only", on: "recovery", weight: .core),
            .exceeds("turns round in time", "agent-r", over: "direct revision", on: "recovery", weight: .core),
            .isPositive("splices replay", "agent-r", on: "spliced", above: 10, weight: .required),
            .holdsUp("no worse from clean starts", "agent-r", against: "good only", on: "success", within: 0.02, weight: .required),
            .exceeds("learns", "agent-r", over: "base", on: "success", weight: .required),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let family = KeydoorFamily()
        var judged = AgentR.Settings()
        judged.problems = scale.pick(120, quick: 6)
        judged.searchRounds = scale.pick(80, quick: 20)
        var end = judged
        end.transition = .end
        var good = judged
        good.transition = .none
        good.goodPerProblem = judged.goodPerProblem + judged.splicesPerProblem
        let (generations, problems) = (scale.pick(3, quick: 1), scale.pick(400, quick: 8))
        func arm(_ name: String, _ summary: String, _ settings: AgentR.Settings?) throws -> StudyArm {
            try settings?.validate()
            let text = settings.map { StudyArm.text(of: $0, in: AgentR.self) } ?? [:]
            let own = ["task": family.card.slug, "levels": "2,3", "generations": "\(generations)", "problems": "\(problems)"]
            return StudyArm(
                name, summary, budget: settings == nil ? .own(because: "it does not train") : .equal, settings: text.merging(own) { $1 }
            ) { bench in
                var measurements = Measurements()
                measurements["spliced"] = 0
                // Drawn before anything is learned, so that nothing of it can be.
                _ = try bench.problems(problems, of: family, levels: Self.levels)
                if let settings {
                    try await bench.train(AgentR(settings: settings), on: family, levels: Self.levels, generations: generations) {
                        measurements.append($0.metrics, step: $0.number)
                        measurements["spliced"] = (measurements["spliced"] ?? 0) + ($0.metrics["lessons/spliced"] ?? 0)
                        let recovery = try await Self.recovery(on: bench, family, problems: problems / 4, split: .heldOut)
                        measurements.append(recovery.recovery, to: "recovery", step: $0.number)
                    }
                }
                try await Self.measure(bench, family, problems: problems, into: &measurements)
                return measurements
            }
        }
        return [
            try arm("base", "the base model, untrained", nil), try arm("good only", "fine-tuned on good episodes of the search", good),
            try arm("direct revision", "revises at the end of a bad episode", end),
            try arm("agent-r", "revises after the first step that it judges bad", judged),
        ]
    }

    private static func recovery(
        on bench: StudyBench, _ family: KeydoorFamily, problems count: Int, split: Split = .sealed
    ) async throws -> (recovery: Double, byForced: [Double], loops: Double) {
        let problems = try bench.problems(count, of: family, levels: levels, split: split)
        var (successes, loops) = ([Double](), 0.0)
        for forced in 1...3 {
            let states = try await bench.episodes(
                on: problems, of: family, afterForced: forced, actions: KeydoorFamily.actions,
                options: bench.sampling(family, temperature: 1))
            let figures = InteractionFigures(states, forced: forced)
            successes.append(figures.success)
            loops += figures.loopRate / 3
        }
        return (successes.reduce(0, +) / 3, successes, loops)
    }

    private static func measure(
        _ bench: StudyBench, _ family: KeydoorFamily, problems count: Int, into measurements: inout Measurements
    ) async throws {
        let problems = try bench.problems(count, of: family, levels: levels)
        measurements.rest(onProblems: problems.count)
        let clean = InteractionFigures(
            try await bench.episodes(
                on: problems, of: family, afterForced: 0, actions: KeydoorFamily.actions, options: bench.sampling(family, temperature: 1)))
        let recovery = try await recovery(on: bench, family, problems: count)
        (measurements["success"], measurements["score"], measurements["turns"]) = (clean.success, clean.score, clean.turns)
        measurements["loop_rate"] = clean.loopRate
        (measurements["recovery"], measurements["recovery_loop_rate"]) = (recovery.recovery, recovery.loops)
        for (index, value) in recovery.byForced.enumerated() { measurements["recovery_\(index + 1)"] = value }
    }
}
