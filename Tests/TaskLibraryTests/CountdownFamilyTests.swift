import Autodidact
import Randomness
import TaskLibrary
import Testing

@Suite("Countdown problems")
struct CountdownFamilyTests {
    private let family = CountdownFamily()

    @Test("prompts have the exact form and the ranges of their level", arguments: [(1, 3, 1...50), (2, 4, 10...99), (3, 5, 10...199)])
    func prompts(level: Int, count: Int, targets: ClosedRange<Int>) throws {
        var generator = SeedTree(root: 1)("prompts", level).generator
        let summary = "\(count) numbers from 1 to 20, target from \(targets.lowerBound) to \(targets.upperBound)"
        #expect(family.card.levels[level - 1] == TaskLevel(level, summary))
        for _ in 0..<2_000 {
            let problem = family.problem(level: level, using: &generator)
            let match = try #require(problem.prompt.wholeMatch(of: /countdown ([0-9]+(?: [0-9]+)*) -> ([0-9]+)\n/))
            let numbers = match.1.split(separator: " ").compactMap { Int($0) }
            let target = try #require(Int(match.2))
            #expect(numbers.count == count && numbers.allSatisfy { 1...20 ~= $0 } && targets ~= target)
            #expect(problem.prompt == "countdown \(numbers.map(String.init).joined(separator: " ")) -> \(target)\n")
            #expect(problem.level == level)
        }
    }

    @Test("problems that differ only in the order of numbers or in the stored solution are one problem")
    func identity() {
        var generator = KeyedGenerator(key: 12)
        var idsOfContent: [String: Set<String>] = [:]
        var promptsOfID: [String: Set<String>] = [:]
        for _ in 0..<60_000 {
            let problem = family.problem(level: 1, using: &generator)
            let words = problem.prompt.split { $0 == " " || $0 == "\n" }.dropFirst()
            let content = words.prefix(3).sorted().joined(separator: " ") + " " + words.suffix(1).joined()
            idsOfContent[content, default: []].insert(problem.id)
            promptsOfID[problem.id, default: []].insert(problem.prompt)
        }
        #expect(idsOfContent.values.allSatisfy { $0.count == 1 })
        #expect(idsOfContent.count == promptsOfID.count)
        #expect(promptsOfID.values.contains { $0.count > 1 })  // or else nothing was tested
    }

    @Test("demonstrations use every number, truly, and seldom end far away")
    func demonstrations() {
        var generator = KeyedGenerator(key: 5)
        for _ in 0..<2_000 {
            let problem = family.problem(level: 2, using: &generator)
            let response = family.demonstration(for: problem, using: &generator)
            let verdict = CountdownVerifier().verdict(on: response, for: problem)
            #expect(verdict.isCorrect || verdict.feedback.hasPrefix("ends at "), "\(problem.prompt)\(response): \(verdict)")
        }
    }

    @Test("audits hold right items in another order, with operands exchanged, and by another way")
    func auditedFormsOfRight() {
        var generator = KeyedGenerator(key: 10)
        let items = family.auditItems(count: 900, using: &generator).filter { $0.kind == .right }
        var (reordered, sameLength, otherLength) = (0, 0, 0)
        for item in items {
            let oracle = family.oracleResponse(for: item.problem)
            let lines = item.response.split(separator: "\n")
            if lines.sorted() == oracle.split(separator: "\n").sorted() {
                if lines != oracle.split(separator: "\n") { reordered += 1 }
            } else if lines.joined().count == oracle.replacing("\n", with: "").count {
                sameLength += 1
            } else {
                otherLength += 1
            }
        }
        #expect(items.count == 300)
        #expect(reordered > 5 && sameLength > 20 && otherLength > 20, "\(reordered), \(sameLength), \(otherLength)")
    }

    @Test("agrees with a plain judge on thousands of damaged solutions")
    func agreesWithPlainJudge() {
        var generator = KeyedGenerator(key: 8)
        let alphabet = Array("0123456789+-*/=\n\n 12".utf8)
        var (right, wrong) = (0, 0)
        for round in 0..<30_000 {
            let problem = family.problem(level: 1 + round % 3, using: &generator)
            var bytes = Array(family.oracleResponse(for: problem).utf8)
            for _ in 0..<generator.index(below: 3) {
                let index = generator.index(below: bytes.count)
                let byte = alphabet[generator.index(below: alphabet.count)]
                switch generator.index(below: 4) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                case 2: bytes.remove(at: index)
                default: bytes.swapAt(index, generator.index(below: bytes.count))
                }
            }
            let response = String(decoding: bytes, as: UTF8.self)
            let expected = plainJudge(response, prompt: problem.prompt)
            #expect(CountdownVerifier().verdict(on: response, for: problem).isCorrect == expected, "\(problem.prompt)\(response)")
            if expected { right += 1 } else { wrong += 1 }
        }
        #expect(right > 5_000 && wrong > 5_000)
    }

    /// Reads the prompt instead of the reference and shares no code with the verifier.
    private func plainJudge(_ response: String, prompt: String) -> Bool {
        var available = prompt.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
        let target = available.removeLast()
        let text = response.hasSuffix("\n") ? String(response.dropLast()) : response
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let step = line.wholeMatch(of: /(0|[1-9][0-9]*)([-+*\/])(0|[1-9][0-9]*)=(0|[1-9][0-9]*)/),
                let a = Int(step.1), let b = Int(step.3), let c = Int(step.4), c > 0,
                let first = available.firstIndex(of: a)
            else { return false }
            available.remove(at: first)
            guard let second = available.firstIndex(of: b) else { return false }
            available.remove(at: second)
            let isTrue =
                switch step.2 {
                case "+": a + b == c
                case "-": a - b == c
                case "*": a * b == c
                default: b * c == a
                }
            if !isTrue { return false }
            available.append(c)
        }
        return available == [target]
    }
}
