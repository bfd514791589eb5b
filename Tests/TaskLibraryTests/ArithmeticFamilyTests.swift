import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Arithmetic problems")
struct ArithmeticFamilyTests {
    private let family = ArithmeticFamily()

    @Test(
        "prompts have the exact form and the ranges of their level",
        arguments: [(1, 2, 30, 9, 999), (2, 4, 99, 29, 99_999), (3, 5, 999, 29, 99_999)])
    func prompts(level: Int, operations: Int, largestTerm: Int, largestFactor: Int, largestValue: Int) throws {
        var generator = SeedTree(root: 1)("prompts", level).generator
        let summary = "\(operations) operations on numbers from 2 to \(largestTerm), running value from 1 to \(largestValue)"
        #expect(family.card.levels[level - 1] == TaskLevel(level, summary))
        for _ in 0..<2_000 {
            let problem = family.problem(level: level, using: &generator)
            let match = try #require(problem.prompt.wholeMatch(of: /arithmetic ([0-9]+)((?:[-+*][0-9]+)+)\n/))
            var value = try #require(Int(match.1))
            #expect(2...largestTerm ~= value)
            let links = match.2.matches(of: /([-+*])([0-9]+)/)
            #expect(links.count == operations)
            for link in links {
                let operand = try #require(Int(link.2))
                switch link.1 {
                case "+": value += operand
                case "-": value -= operand
                default: value *= operand
                }
                #expect((link.1 == "*" ? 2...largestFactor : 2...largestTerm) ~= operand && 1...largestValue ~= value, "\(problem.prompt)")
            }
            #expect(family.oracleResponse(for: problem).hasSuffix("=\(value)"))
        }
    }

    @Test("exactly the oracle's text is right, with or without a newline at the end")
    func onlyTheOracleIsRight() {
        var generator = KeyedGenerator(key: 4)
        let alphabet = Array("0123456789+-*/=\n ".utf8)
        for round in 0..<20_000 {
            let problem = family.problem(level: 1 + round % 3, using: &generator)
            let oracle = family.oracleResponse(for: problem)
            var bytes = Array(oracle.utf8)
            for _ in 0...generator.index(below: 2) {
                let index = generator.index(below: bytes.count + 1)
                bytes.replaceSubrange(
                    index..<min(bytes.count, index + generator.index(below: 2)), with: [alphabet[generator.index(below: alphabet.count)]]
                )
            }
            let response = String(decoding: bytes, as: UTF8.self)
            let verdict = ArithmeticVerifier().verdict(on: response, for: problem)
            #expect(verdict.isCorrect == (response == oracle || response == oracle + "\n"), "\(problem.prompt)\(response)")
        }
    }

    @Test("the prompt's expression names the problem, on whichever level")
    func identity() {
        var generator = KeyedGenerator(key: 6)
        let problems = (0..<5_000).map { family.problem(level: 1 + $0 % 3, using: &generator) }
        #expect(Set(problems.map(\.id)).count == Set(problems.map(\.prompt)).count)
    }

    @Test("a demonstration's slip is carried on")
    func slipsAreCarriedOn() {
        var generator = KeyedGenerator(key: 9)
        for _ in 0..<2_000 {
            let problem = family.problem(level: 3, using: &generator)
            let steps = family.demonstration(for: problem, using: &generator).split(separator: "\n")
            for (early, late) in zip(steps, steps.dropFirst()) {
                let result = early.split(separator: "=").last ?? ""
                #expect(late.prefix { $0.isNumber } == result, "\(steps)")
            }
        }
    }
}
