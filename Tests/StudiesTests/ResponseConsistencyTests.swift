import Autodidact
import TaskLibrary
import TestSupport
import Testing

@testable import Studies

/// Consistency as the arms of the study measure it, of a policy whose replies are known.
@Suite("Consistency of responses")
struct ResponseConsistencyTests {
    private typealias Reply = AnsweringPolicy.Reply
    private static let family = ArithmeticFamily()

    /// The right steps of a chain, from the prompt that states it.
    private static func steps(_ prompt: String) -> [String] {
        let chain = String(prompt.dropFirst("arithmetic ".count).dropLast())
        let problem = Problem(task: "arithmetic", canonical: chain, prompt: prompt, reference: chain, level: 1)
        return family.oracleResponse(for: problem).split(separator: "\n").map(String.init)
    }

    private static func right(_ prompt: String) -> Reply { Reply(text: steps(prompt).joined(separator: "\n")) }

    /// A response that is wrong and gives the true result plus a number, which may be 0.
    private static func wrong(_ prompt: String, off: Int) -> Reply {
        let result = steps(prompt).last?.split(separator: "=").last.flatMap { Int($0) } ?? 0
        return Reply(text: "\(result + off)+0=\(result + off)")
    }

    private static let silent = Reply(text: "no idea")

    private func arm(_ name: String) throws -> StudyArm {
        try #require(try InternalConsistencyStudy().arms(.quick).first { $0.name == name })
    }

    @Test("agreement, accuracy and votes are means over problems, whoever abstains and whatever is cut off")
    func responses() async throws {
        let prompts = try await StudyBench.alone(ScriptedPolicy()).problems(6, of: Self.family, levels: [1]).map(\.prompt)
        let policy = AnsweringPolicy(replies: { prompt in
            func times(_ count: Int, _ reply: Reply) -> [Reply] { Array(repeating: reply, count: count) }
            let (right, off) = (Self.right(prompt), { Self.wrong(prompt, off: $0) })
            switch prompts.firstIndex(of: prompt) {
            case 0: return times(16, right)  // agreement 1, accuracy 1, vote right
            case 1: return times(16, off(1))  // 1, 0, wrong
            // The first of those who gave the winning answer stands for them, and its steps are wrong: 12/16, 11/16, wrong.
            case 2: return [off(0)] + times(11, right) + times(4, off(1))
            // Half abstain: 4 of the 8 voters agree: 1/2, 2/16, wrong.
            case 3: return times(8, Self.silent) + times(4, off(1)) + times(2, off(2)) + times(2, right)
            case 4: return times(16, Self.silent)  // 0, 0, wrong
            // Cut off after the first of two steps, which states another result: 10/16, 6/16, wrong.
            case 5: return times(6, right) + times(10, Reply(text: Self.steps(prompt)[0], isClosed: false))
            default: return [off(1)]
            }
        })
        let measurements = try await arm("level 1").run(try await StudyBench.alone(policy))
        func expect(_ name: String, _ value: Double) throws {
            let measured = try #require(measurements[name])
            #expect(abs(measured - value) < 1e-12, "\(name) is \(measured)")
        }
        try expect("agreement", (1 + 1 + 0.75 + 0.5 + 0 + 0.625) / 6)
        try expect("accuracy", (1 + 0 + 0.6875 + 0.125 + 0 + 0.375) / 6)
        try expect("vote accuracy", 1.0 / 6)
        // Who never learns gains nothing.
        try expect("agreement gain", 0)
        try expect("accuracy gain", 0)
        #expect(measurements.problems == 6)
    }

    @Test("of a policy that is always silent is 0 everywhere")
    func silence() async throws {
        let measurements = try await arm("level 1").run(try await StudyBench.alone(AnsweringPolicy(replies: { _ in [Self.silent] })))
        for name in ["agreement", "accuracy", "vote accuracy", "agreement gain", "accuracy gain"] {
            #expect(measurements[name] == 0, "\(name)")
        }
    }

    @Test("the base is measured over levels, decoders and layers")
    func base() async throws {
        // Right where the chain is short, silent where it is not; the first exit is always silent, the second answers as the whole.
        let replies: @Sendable (String) -> [Reply] = { [Self.steps($0).count == 2 ? Self.right($0) : Self.silent] }
        let policy = AnsweringPolicy(replies: replies, atExit: { layer, prompt in layer == 1 ? [Self.silent] : replies(prompt) })
        let bench = try await StudyBench.alone(policy)
        let measurements = try await arm("base").run(bench)
        for level in 1...3 {
            #expect(measurements["accuracy level \(level)"] == (level == 1 ? 1 : 0))
            #expect(measurements["vote accuracy level \(level)"] == (level == 1 ? 1 : 0))
            // Within a level nothing varies.
            #expect(measurements["agreement correlation level \(level)"] == 0)
        }
        #expect(abs((measurements["agreement correlation"] ?? 0) - 1) < 1e-12)
        let problems = try bench.problems(6, of: Self.family, levels: [1, 2])
        let short = Double(problems.count { $0.level == 1 }) / 6
        #expect(short > 0 && short < 1)
        for name in ["decoder agreement", "response agreement", "last exit agreement"] {
            #expect(abs((measurements[name] ?? -1) - short) < 1e-12, "\(name)")
        }
        #expect(measurements["first exit agreement"] == 0 && measurements["accuracy gain"] == 0 && measurements.problems == 18)
    }

    @Test("layers are asked of policies that have them alone")
    func noLayers() async throws {
        let bench = try await StudyBench.alone(WatchedPolicy(AnsweringPolicy(replies: { _ in [Self.silent] })))
        let arm = try arm("base")
        await #expect(throws: StudyError.lacks("early exits", policy: "answering")) { try await arm.run(bench) }
    }
}
