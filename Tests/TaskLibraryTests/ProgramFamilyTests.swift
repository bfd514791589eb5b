import Autodidact
import Randomness
import TaskLibrary
import Testing

/// What surrounds a program is not looked at here: SandboxTests run the family.
struct NoRunner: ProgramRunner {
    var confinement: Confinement = .sandbox

    func verdict(on program: String, under tests: ProgramTests) async -> Verdict {
        .wrong("\(tests.entryPoint): \(program)")
    }
}

@Suite("The family of programs")
struct ProgramFamilyTests {
    private let family = ProgramFamily(runner: NoRunner())

    @Test("equal generators give equal problems; levels differ in steps")
    func problems() {
        FamilyLaws(family: family).checkProblems(200)
        for level in family.card.levels {
            var generator = SeedTree(root: 12)("difficulty", level.number).generator
            for _ in 0..<50 {
                #expect(Int(family.difficulty(of: family.problem(level: level.number, using: &generator))) == level.number)
            }
        }
    }

    @Test("the demonstrator forgets a step as often as the family says, and its text follows from the generator")
    func demonstrator() {
        var (first, second) = (SeedTree(root: 3)("d").generator, SeedTree(root: 3)("d").generator)
        let problems = FamilyLaws(family: family).problems(200)
        let whole = problems.count { problem in
            let response = family.demonstration(for: problem, using: &first)
            #expect(response == family.demonstration(for: problem, using: &second))
            #expect(response.hasPrefix("def f(xs):\n    return "))
            return response == family.oracleResponse(for: problem)
        }
        #expect(abs(Double(whole) / Double(problems.count) - 0.75) < 0.08)
    }

    @Test("the splits of a stream are disjoint")
    func splits() {
        let streams = Split.allCases.map { split in
            var stream = ProblemStream(family, split: split, key: SeedTree(root: 7))
            return stream.next(100)
        }
        #expect(Set(streams.flatMap { $0.map(\.id) }).count == 300)
    }

    @Test("a reference that cannot be read is unscorable and gives no responses")
    func brokenReference() async {
        for reference in ["", "nonsense", "{}", "{\"entryPoint\":\"f\"}", "{\"entryPoint\":\"\",\"tests\":\"x\"}", "[1]"] {
            let problem = Problem(task: "python", canonical: reference, prompt: "", reference: reference, level: 1)
            var generator = KeyedGenerator(key: 1)
            #expect(await family.verifier.verdict(on: "def f(xs): pass", for: problem).reward == nil)
            #expect(family.oracleResponse(for: problem).isEmpty && family.demonstration(for: problem, using: &generator).isEmpty)
            #expect(family.cheatResponses(for: problem).isEmpty && family.difficulty(of: problem) == 0)
        }
    }

    @Test(
        "the program of a response is its last fenced block, or all of it",
        arguments: [
            ("x = 1", "x = 1"), ("```python\nx = 1\n```", "x = 1"), ("a\n```\nx = 1\n```\nb\n```py\ny = 2\n\n```\nc", "y = 2\n"),
            ("so:\n```python\nx = 1", "x = 1"), ("text ``` text", "text ``` text"), ("    return ```", "    return ```"),
        ])
    func fences(response: String, program: String) async {
        var generator = KeyedGenerator(key: 1)
        let problem = family.problem(level: 1, using: &generator)
        #expect(await family.verifier.verdict(on: response, for: problem) == .wrong("f: \(program)"))
    }

    @Test("an unconfined runner shows in the verifier's version")
    func version() {
        #expect(family.verifier.version == "python-tests/1")
        #expect(ProgramFamily(runner: NoRunner(confinement: .none)).verifier.version == "python-tests/1 unconfined")
    }
}
