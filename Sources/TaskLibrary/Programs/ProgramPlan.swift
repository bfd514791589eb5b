import Autodidact
import Randomness

/// What a program is asked to do: steps on a list of numbers, and what to give back.
///
/// Written as the prompt says it, so that a plan can be read back from the tests' first line.
struct ProgramPlan: Sendable, Hashable {
    let steps: [ProgramStep]
    let end: ProgramEnd

    /// Lists that the tests try: never the plan's to choose, so that a response cannot be fitted to a lucky few.
    private static let trials = 6

    /// A plan of these steps.
    init(steps: [ProgramStep], end: ProgramEnd) {
        self.steps = steps
        self.end = end
    }

    /// Reads a plan back from a problem's reference; nil where it is none of the family's.
    init?(reference: String) {
        guard let line = ProgramTests(reference: reference)?.tests.split(separator: "\n").first, line.hasPrefix("# ") else { return nil }
        let parts = line.dropFirst(2).split(separator: ", ")
        guard let end = parts.last.flatMap({ ProgramEnd(rawValue: String($0)) }) else { return nil }
        let steps = parts.dropLast().compactMap { ProgramStep(words: $0) }
        guard steps.count == parts.count - 1 && !steps.isEmpty else { return nil }
        self.init(steps: steps, end: end)
    }

    /// `keep those above 5, sort them, return their sum`.
    var words: String { (steps.map(\.words) + [end.rawValue]).joined(separator: ", ") }

    /// The whole program, as the oracle writes it.
    var program: String { "def f(xs):\n    return \(end.python(steps.reduce("xs") { $1.python($0) }))" }

    /// What the program gives on a list, as Python writes it.
    func result(on numbers: [Int]) -> String { end.literal(steps.reduce(numbers) { $1.applied(to: $0) }) }

    /// The lists that the tests try: a function of the plan.
    var inputs: [[Int]] {
        var generator = SeedTree(root: 0)("program inputs")(named: words).generator
        return (0..<Self.trials).map { _ in (0..<4 + generator.index(below: 6)).map { _ in generator.index(below: 61) - 20 } } + [[]]
    }

    /// The tests: the plan in a comment, and an assertion for each list.
    var tests: ProgramTests {
        let assertions = inputs.map { "assert f(\(ProgramEnd.list.literal($0))) == \(result(on: $0))" }
        return ProgramTests(entryPoint: "f", tests: (["# \(words)"] + assertions).joined(separator: "\n"))
    }

    /// Whether the tests tell the plan from doing nothing, from each plan with a step less, and from any constant.
    var isTold: Bool {
        let inputs = inputs
        func results(_ plan: ProgramPlan) -> [String] { inputs.map(plan.result) }
        let own = results(self)
        let shorter = steps.indices.map { place in
            without(step: place)
        }
        return Set(own).count > 2 && own != inputs.map(ProgramEnd.list.literal) && shorter.allSatisfy { results($0) != own }
            && ProgramEnd.allCases.allSatisfy { $0 == end || results(ProgramPlan(steps: steps, end: $0)) != own }
    }

    /// A random plan that its tests tell from simpler ones.
    static func random(steps count: Int, largest: Int, using generator: inout KeyedGenerator) -> ProgramPlan {
        while true {  // a draw is told with a probability far from 0
            let steps = (0..<count).map { _ in ProgramStep(largest: largest, using: &generator) }
            let end = ProgramEnd.allCases[generator.index(below: ProgramEnd.allCases.count)]
            let plan = ProgramPlan(steps: steps, end: end)
            if plan.isTold { return plan }
        }
    }
}
