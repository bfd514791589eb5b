import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Keydoor")
struct KeydoorTests {
    private let family = KeydoorFamily()

    /// Three by four: start 12, key 20, door 03, walls 01 and 11.
    private func problem(_ reference: String = "3x4;12;20;03;01 11") -> Problem {
        let prompt = "keydoor key 20 door 03 walls 01 11\n12 udr\n"
        return Problem(task: "keydoor", canonical: reference, prompt: prompt, reference: reference, level: 1)
    }

    private let way = ["down", "left", "left", "take", "right", "right", "up", "up", "right", "open"]

    @Test("prompts show key, door and the first observation, and observations are short")
    func prompts() throws {
        for level in family.card.levels.map(\.number) {
            var generator = SeedTree(root: 1)("prompts", level).generator
            for _ in 0..<500 {
                let problem = family.problem(level: level, using: &generator)
                let form = /keydoor key [0-9]{2} door [0-9]{2} walls [0-9]{2}( [0-9]{2})*\n[0-9]{2} u?d?l?r?\n/
                #expect(problem.prompt.wholeMatch(of: form) != nil, "\(problem.prompt)")
                let actions = family.demonstration(for: problem, using: &generator).split(separator: "\n")
                let turns = family.turns(of: actions, on: problem)
                #expect(turns.count == actions.count && turns.allSatisfy { $0.observation.utf8.count < 20 })
            }
        }
    }

    @Test("an episode goes as its actions say")
    func episode() async {
        var environment = family.environment(for: problem())
        #expect(environment.observe() == "keydoor key 20 door 03 walls 01 11\n12 udr\n")
        let answers = [
            "22 ulr", "21 lr", "20 ur", "20 ur key", "21 lr key", "22 ulr key", "12 udr key", "02 dr key", "03 dl key",
        ]
        for (action, answer) in zip(way, answers) {
            #expect(await environment.act(action) == .observation(answer + "\n"))
        }
        #expect(await environment.act("open") == .outcome(.correct))
    }

    @Test(
        "what cannot be done costs a turn and changes nothing",
        arguments: ["", "left", "take", "open", "jump", "Up", "up ", "up\ndown", " up", "12 udr", String(repeating: "up", count: 9_999)])
    func plainObservation(action: String) async {
        var environment = family.environment(for: problem())
        for _ in 1..<14 { #expect(await environment.act(action) == .observation("12 udr\n")) }
        guard case .outcome(.wrong(0, let feedback)) = await environment.act(action) else {
            Issue.record("the cap did not end the episode")
            return
        }
        #expect(feedback == "ends at 12 after 14 actions without the key")
    }

    @Test("a copy is a snapshot, and mistakes can be walked back")
    func snapshot() async {
        var environment = family.environment(for: problem())
        _ = await environment.act("up")
        var copy = environment
        #expect(await copy.act("right") == .observation("03 dl\n"))
        #expect(await environment.act("down\n") == .observation("12 udr\n"))
        #expect(await environment.act("right") == .observation("13 udl\n"))
        #expect(await copy.act("left") == .observation("02 dr\n"))
    }

    @Test("the verifier judges a list of actions as the environment judges them one by one")
    func verifierAgrees() async {
        var generator = KeyedGenerator(key: 3)
        var kinds: Set<Double> = []
        for round in 0..<600 {
            let problem = family.problem(level: 1 + round % 3, using: &generator)
            var actions = family.demonstration(for: problem, using: &generator).split(separator: "\n").map(String.init)
            for _ in 0..<generator.index(below: 4) {
                actions[generator.index(below: actions.count)] = ["jump", "up", "take", "open"][generator.index(below: 4)]
            }
            var environment = family.environment(for: problem)
            var outcome: Verdict?
            var taken: [String] = []
            while outcome == nil {
                let action = taken.count < actions.count ? actions[taken.count] : "take"
                taken.append(action)
                if case .outcome(let verdict) = await environment.act(action) { outcome = verdict }
            }
            #expect(outcome == KeydoorVerifier().verdict(on: taken.joined(separator: "\n"), for: problem))
            kinds.insert(outcome?.reward ?? -1)
        }
        #expect(kinds == [0, 0.5, 1])
    }

    @Test("half the score for the key alone")
    func partialScore() {
        let verdict = KeydoorVerifier().verdict(on: way.prefix(6).joined(separator: "\n"), for: problem())
        #expect(verdict == .wrong(score: 0.5, feedback: "ends at 22 after 6 actions with the key, the door closed"))
        #expect(KeydoorVerifier().verdict(on: way.joined(separator: "\n"), for: problem()) == .correct)
    }

    @Test("the distance is exact: no play is shorter, and it falls by one along the oracle's way")
    func distance() throws {
        var generator = KeyedGenerator(key: 4)
        for round in 0..<300 {
            let problem = family.problem(level: 1 + round % 3, using: &generator)
            let oracle = family.oracleResponse(for: problem).split(separator: "\n")
            #expect(family.distance(after: [String](), on: problem) == oracle.count)
            for count in oracle.indices {
                #expect(family.distance(after: oracle.prefix(count), on: problem) == oracle.count - count)
            }
            let played = family.demonstration(for: problem, using: &generator).split(separator: "\n")
            for turn in family.turns(of: played, on: problem) {
                #expect(abs(turn.distanceAfter - turn.distanceBefore) <= 1 && turn.isGood == (turn.distanceAfter < turn.distanceBefore))
            }
        }
    }

    @Test(
        "does not judge by a grid that is broken",
        arguments: [
            "", "3x4;12;20;03", "3x4;12;12;03;", "3x4;12;20;34;", "3x4;12;20;03;12", "3x4;12;20;03;11 01", "0x4;12;20;03;",
            "3x4;12;20;03;02 13",
            "3x4;12;2a;03;", "3x4;12;20;03; ", "33x4;12;20;03;", "3x4;12;20;03;01;",
        ])
    func unscorable(reference: String) async {
        #expect(KeydoorVerifier().verdict(on: "open", for: problem(reference)).reward == nil)
        var environment = family.environment(for: problem(reference))
        guard case .outcome(.unscorable) = await environment.act("up") else {
            Issue.record("acted on the grid \(reference)")
            return
        }
    }
}
