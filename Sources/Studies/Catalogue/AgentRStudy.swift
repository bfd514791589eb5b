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
                StudyQuantity("splice/left_after", title: "steps of a splice before it turns round", unit: .number),
                StudyQuantity("splice/left_share", title: "share of a bad episode that stands before its splice turns round"),
                StudyQuantity("splice/rest", title: "turns of a splice after its revision", unit: .number),
            ],
            notes: [
                "Keydoor, levels 2 and 3; three generations of search, splices kept only where the replay reaches the good episode's "
                    + "score.",
                "Episodes are cut after 14 turns, and a bad one is left where the good rest still fits: so revising at the end is moved "
                    + "forward too, and about as many of its splices replay. After how many steps a splice turns round is drawn.",
                "Arms sample equally many tokens and learn from equally many lessons: 200 a generation, in which each splice takes the "
                    + "place of a good episode drawn at random.",
                "Tried first: levels 1 and 2 with pairs drawn at random. Every splice failed its replay, and the three arms were the "
                    + "same. Then levels 2 and 3 with 40 rounds: five splices in all, one seed, recovery 63 % against 58 % (good only) "
                    + "and 59 % (direct revision).",
                "Forced actions are drawn uniformly from all actions and are the same for every arm; no arm has trained on these "
                    + "beginnings.",
                "The base model's demonstrations contain mistakes and recoveries, as its demonstrator errs once in five moves.",
                "An earlier base came out as not reproduced (good only 57.8 %, agent-r 40.2 %). A first draw of problems on this one, "
                    + "three seeds, and four bad episodes tried of a problem did so too: recovery 54.3 % against 54.1 % (good only) and "
                    + "47.9 % (direct revision), on 201 splices.",
                "The second draw, six seeds, up to sixteen bad episodes tried, and before lessons were equal: not reproduced, recovery "
                    + "good only 57.0 %, agent-r 53.0 %, direct revision 49.4 %. Good episodes alone were more lessons then (164 k tokens "
                    + "trained against 141 k). This is a third draw, all of it new, with the same criterion; 150 problems in place of 120, "
                    + "so that each arm finds its 200 lessons.",
            ], seeds: 6, draw: 2)
    }

    var criteria: [StudyCriterion] {
        [
            .exceeds("recovers better", "agent-r", over: "good only", on: "recovery", weight: .core),
            .exceeds("turns round in time", "agent-r", over: "direct revision", on: "recovery", weight: .core),
            .isPositive("splices replay", "agent-r", on: "spliced", above: 10, weight: .required),
            .holdsUp("no worse from clean starts", "agent-r", against: "good only", on: "success", within: 0.02, weight: .required),
            .exceeds("learns", "agent-r", over: "base", on: "success", weight: .required),
            .matches("as many lessons as good only", "agent-r", "good only", on: "lessons", within: 30, weight: .reported),
            .matches("as many lessons as direct revision", "agent-r", "direct revision", on: "lessons", within: 30, weight: .reported),
        ]
    }

    func arms(_ scale: StudyScale) throws -> [StudyArm] {
        let family = KeydoorFamily()
        var judged = AgentR.Settings()
        // In the quick form, too, trees are large enough that some splices replay.
        (judged.problems, judged.searchRounds) = scale.pick((150, 80), quick: (12, 100))
        (judged.goodPerProblem, judged.lessons) = (6, scale.pick(200, quick: 32))
        var end = judged
        end.transition = .end
        var good = judged
        good.transition = .none
        let (generations, problems) = (scale.pick(3, quick: 1), scale.pick(400, quick: 8))
        func arm(_ name: String, _ summary: String, _ settings: AgentR.Settings?) throws -> StudyArm {
            try settings?.validate()
            let text = settings.map { StudyArm.text(of: $0, in: AgentR.self) } ?? [:]
            let own = [
                "task": family.card.slug, "levels": Self.levels.map(String.init).joined(separator: ","),
                "generations": "\(generations)", "problems": "\(problems)",
            ]
            return StudyArm(
                name, summary, budget: settings == nil ? .own(because: "it does not train") : .equal, settings: text.merging(own) { $1 }
            ) { bench in
                var measurements = Measurements()
                // Drawn before anything is learned, so that nothing of it can be.
                _ = try bench.problems(problems, of: family, levels: Self.levels)
                if let settings {
                    try await bench.train(AgentR(settings: settings), on: family, levels: Self.levels, generations: generations) {
                        measurements.append($0.metrics, step: $0.number)
                        let recovery = try await Self.recovery(on: bench, family, problems: problems / 4, split: .heldOut)
                        measurements.append(recovery.recovery, to: "recovery", step: $0.number)
                    }
                }
                Self.addLessons(to: &measurements)
                measurements["tokens_trained"] = Double(bench.tokens.trained)
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

    /// What was learned from in all generations together, and how splices went on average over them.
    private static func addLessons(to measurements: inout Measurements) {
        func sum(_ name: String) -> Double { measurements.series[name]?.values.reduce(0, +) ?? 0 }
        (measurements["good"], measurements["spliced"]) = (sum("lessons/good"), sum("lessons/spliced"))
        measurements["lessons"] = sum("lessons/good") + sum("lessons/spliced")
        for name in ["splice/left_after", "splice/left_share", "splice/rest"] {
            measurements[name] = measurements.series[name].map { sum(name) / Double($0.values.count) }
        }
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
