public import Autodidact
public import Randomness

/// Write a small Python function on a list of numbers; hidden tests decide.
///
/// The prompt is `python def f(xs): # keep those above 5, sort them, return their sum` and a newline; a response is the whole function, as
/// `PythonTestsVerifier` reads it. The family is for own models that can write code: `seedling` was not taught it and cannot.
public struct ProgramFamily: ProceduralFamily {
    static let slug = "python"

    /// How probably the demonstrator forgets a step.
    static let slipProbability = 0.25

    /// What the catalogue says of the family.
    public var card: TaskCard { Self.card }

    static let card = TaskCard(
        slug: slug,
        summary: "Write a Python function on a list of numbers, judged by hidden tests; for own models, seedling cannot write code.",
        levels: ProgramLevel.all.map(\.taskLevel),
        defaultLevels: ProgramLevel.defaults,
        maximumResponseTokens: 256
    )

    /// Runs responses under their tests.
    public let verifier: any Verifier

    /// The family, whose responses are run by `runner`.
    public init(runner: any ProgramRunner) {
        verifier = PythonTestsVerifier(runner)
    }

    /// A random function to write.
    public func problem(level: Int, using generator: inout KeyedGenerator) -> Problem {
        let rules = ProgramLevel.level(level)
        let plan = ProgramPlan.random(steps: rules.steps, largest: rules.largest, using: &generator)
        return Problem(
            task: Self.slug, canonical: plan.words, prompt: "\(Self.slug) def f(xs): # \(plan.words)\n", reference: plan.tests.reference,
            level: level)
    }

    /// Steps, and how long the program is that the oracle writes; 0 where the problem's reference cannot be read.
    public func difficulty(of problem: Problem) -> Double {
        ProgramPlan(reference: problem.reference).map { Double($0.steps.count) + Double($0.program.utf8.count) / 1_000 } ?? 0
    }

    /// The program, or with `slipProbability` one that forgets a step; empty where the problem's reference cannot be read.
    public func demonstration(for problem: Problem, using generator: inout KeyedGenerator) -> String {
        guard let plan = ProgramPlan(reference: problem.reference) else { return "" }
        guard generator.uniform() < Self.slipProbability else { return plan.program }
        return plan.without(step: generator.index(below: plan.steps.count)).program
    }

    /// The program; empty where the problem's reference cannot be read.
    public func oracleResponse(for problem: Problem) -> String {
        ProgramPlan(reference: problem.reference)?.program ?? ""
    }

    /// Two programs are the same answer where they are the same text without outer white space and fences.
    public func answer(in response: String, to question: Question) -> String? {
        let program = FencedBlock.program(in: response).withoutOuterSpace
        return program.isEmpty ? nil : program
    }
}

/// What the problems of one level are drawn from.
struct ProgramLevel: Sendable, Hashable, NumberedLevel {
    static let task = ProgramFamily.slug

    let number: Int
    let steps: Int
    let largest: Int

    static let all = [
        ProgramLevel(number: 1, steps: 1, largest: 20), ProgramLevel(number: 2, steps: 2, largest: 20),
        ProgramLevel(number: 3, steps: 3, largest: 20),
    ]

    static let defaults = [2]

    /// The level's line in the catalogue.
    var taskLevel: TaskLevel { TaskLevel(number, "\(steps) \(steps == 1 ? "step" : "steps") on a list of numbers, and what to return") }
}
