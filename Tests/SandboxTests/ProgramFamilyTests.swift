import Autodidact
import Randomness
import Sandbox
import TaskLibrary
import Testing

@Suite("The family of programs, run", .serialized, .enabled(if: Host.runsSandboxes, "SKIPPED: no sandbox can be made on this machine"))
struct ProgramFamilyTests {
    private func withFamily(_ body: (ProgramFamily) async -> Void) async throws {
        let runner = try PythonRunner(try await .confined(), waiting: 3)
        await body(ProgramFamily(runner: runner))
        await runner.close()
    }

    private func problems(_ count: Int, of family: ProgramFamily) -> [Problem] {
        family.card.levels.flatMap { level in
            var generator = SeedTree(root: 11)("programs", level.number).generator
            return (0..<count).map { _ in family.problem(level: level.number, using: &generator) }
        }
    }

    @Test("the oracle is right, and every cheat is wrong")
    func oracleAndCheats() async throws {
        try await withFamily { family in
            for problem in problems(5, of: family) {
                let oracle = family.oracleResponse(for: problem)
                #expect(await family.verifier.verdict(on: oracle, for: problem) == .correct, "\(problem.prompt)\(oracle)")
                #expect(oracle.utf8.count < family.card.maximumResponseTokens)
                for (name, response) in family.cheatResponses(for: problem) {
                    let verdict = await family.verifier.verdict(on: response, for: problem)
                    #expect(verdict.reward == 0 && !verdict.feedback.isEmpty, "\(name) on \(problem.prompt): \(verdict)")
                }
            }
        }
    }

    @Test("no labelled item is misjudged")
    func audit() async throws {
        try await withFamily { family in
            var generator = SeedTree(root: 12)("audit").generator
            for item in family.auditItems(count: 90, using: &generator) {
                let verdict = await family.verifier.verdict(on: item.response, for: item.problem)
                let isAsLabelled = item.kind == .right ? verdict == .correct : verdict.reward == 0
                #expect(isAsLabelled, "\(item.kind) \(item.problem.prompt)\(item.response): \(verdict)")
            }
        }
    }

    @Test(
        "hostile responses are wrong, not fatal",
        arguments: [
            String(repeating: "9", count: 1 << 20), String(repeating: "(", count: 60_000), "\u{0}", "```", "def f(xs):\n\treturn\r\n",
            "\u{FFFD}",
            "def f(xs):\n    return \"\u{1F9EE}\"", "# -*- coding: utf-7 -*-\n",
        ])
    func hostile(response: String) async throws {
        try await withFamily { family in
            for problem in problems(1, of: family) {
                let verdict = await family.verifier.verdict(on: response, for: problem)
                #expect(verdict.reward == 0 && verdict.feedback.utf8.count < 200, "\(verdict)")
            }
        }
    }
}
