import Autodidact
import Foundation
import Testing

@testable import Sandbox

@Suite("Tests of a program that it cannot reach", .serialized, .enabled(if: Host.runsSandboxes, "SKIPPED: no sandbox can be made here"))
struct PythonRunnerTests {
    private func verdicts(
        _ cases: [(program: String, tests: ProgramTests)], within limits: SandboxLimits = Host.limits
    ) async throws -> [Verdict] {
        let runner = try PythonRunner(try await .confined(), limits: limits, waiting: 2)
        var verdicts: [Verdict] = []
        for (program, tests) in cases { verdicts.append(await runner.verdict(on: program, under: tests)) }
        await runner.close()
        return verdicts
    }

    @Test("HumanEval's form: a prelude, a function check, helpers of the prompt")
    func humanEval() async throws {
        let prompt =
            "import math\n\ndef poly(xs, x):\n    return sum(c * math.pow(x, i) for i, c in enumerate(xs))\n\n"
            + "def root(xs):\n    \"\"\"A zero of the polynomial.\"\"\"\n"
        let tests = ProgramTests(
            entryPoint: "root", prelude: prompt, setup: prompt,
            tests:
                "def check(candidate):\n    assert abs(poly([-6, 2], candidate([-6, 2]))) < 1e-4\n"
                + "    assert math.isclose(candidate([1, 1]), -1)\n"
        )
        let verdicts = try await verdicts([
            ("    return -xs[0] / xs[1]", tests), ("def root(xs):\n    return -xs[0] / xs[1]", tests), ("    return 0", tests),
        ])
        #expect(verdicts == [.correct, .correct, .wrong("a test fails after call 1")])
    }

    @Test("MBPP's form: assertions that call the function by its name, with any plain data")
    func mbpp() async throws {
        let tests = ProgramTests(
            entryPoint: "same", setup: "import math",
            tests: """
                assert same((1, 2)) == (1, 2) and type(same([1, 2])) is list
                assert same({1, 2}) == {1, 2} and same(frozenset({3})) == frozenset({3})
                assert same({"a": [1, None], 2: (True, b"x")}) == {"a": [1, None], 2: (True, b"x")}
                assert math.isnan(same(float("nan"))) and same(-float("inf")) == -math.inf
                assert same(x=10 ** 60) == 10 ** 60 and same("\\u00e9\\n\\U0001F600'\\"") == "\\u00e9\\n\\U0001F600'\\""
                assert same(range(3)) == range(3) and same(2 + 1j) == 2 + 1j and same(0.1) == 0.1 and same(set()) == set()
                assert same(bytearray(b"y")) == bytearray(b"y") and same([]) == [] and same({}) == {}
                """)
        #expect(try await verdicts([("def same(x):\n    return x", tests)]) == [.correct])
    }

    @Test("the sign of zero and the digits of long numbers arrive")
    func numbers() async throws {
        let tests = ProgramTests(
            entryPoint: "f",
            tests: "import math\nassert math.copysign(1, f(-0.0)) == -1 and math.copysign(1, f(0.0)) == 1\n"
                + "assert f(10 ** 5000) == 10 ** 5000")
        #expect(try await verdicts([("def f(x):\n    return x", tests)]) == [.correct])
    }

    @Test("a result that its tests cannot get done with is wrong, and the next judgement is sound")
    func spinning() async throws {
        let tests = ProgramTests(entryPoint: "f", tests: "i = 0\nwhile i < 10: i = f(i)")
        let verdicts = try await verdicts(
            [
                ("def f(x):\n    return 0", tests), ("def f(x):\n    return x + 1", tests),
            ], within: SandboxLimits(wallClock: .seconds(300), processorTime: .seconds(60)))  // so that calls run out first on any machine
        #expect(verdicts[0].feedback.contains("call it more than 10000 times") && verdicts[0].reward == 0, "\(verdicts[0])")
        #expect(verdicts[1] == .correct)
    }

    @Test("an exception that a test expects reaches it")
    func exceptions() async throws {
        let tests = ProgramTests(
            entryPoint: "f", tests: "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False\nassert f(2) == 2")
        let verdicts = try await verdicts([
            ("def f(x):\n    if x < 0: raise ValueError(x)\n    return x", tests), ("def f(x):\n    return x", tests),
            ("def f(x):\n    raise KeyError(x)", tests),
        ])
        #expect(verdicts == [.correct, .wrong("a test fails after call 1"), .wrong("call 1 raised KeyError")])
    }

    @Test("what the program does wrong is wrong, and said")
    func wrong() async throws {
        let expected = [
            "def sub(a, b): return a": "the program has no function add", "def add(": "the program raises SyntaxError",
            "def add(a, b): return lambda: 5": "the result of call 1 is no plain data", "def add(a): return a": "call 1 raised TypeError",
            "import nowhere": "the program raises ModuleNotFoundError", "": "the program has no function add",
            "def add(a, b): return [1, 2]": "a test fails after call 1",
        ]
        let programs = expected.keys.sorted()
        #expect(try await verdicts(programs.map { ($0, Host.tests) }) == programs.map { .wrong(expected[$0] ?? "") })
    }

    @Test(
        "what the tests do wrong is unscorable, and the next judgement is sound",
        arguments: [
            "assert 1 == 1", "assert False", "import nowhere", "def check(", "assert add(2, 3) == nothing", "add(print, 1)",
            "raise SystemExit",
            "import os\nos._exit(0)", "check = 5", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        ])
    func unscorable(tests: String) async throws {
        let program = "def add(a, b):\n    return a + b"
        let verdicts = try await verdicts([(program, ProgramTests(entryPoint: "add", tests: tests)), (program, Host.tests)])
        #expect(verdicts[0].reward == nil && !verdicts[0].feedback.isEmpty, "\(verdicts[0])")
        #expect(verdicts[1] == .correct)
    }

    @Test("a name that is none is unscorable", arguments: ["", "a b", "f\n1", "é", "x.y"])
    func names(name: String) async throws {
        #expect(try await verdicts([("pass", ProgramTests(entryPoint: name, tests: "assert True"))])[0].reward == nil)
    }

    @Test("many at once get the verdicts that they get one by one")
    func together() async throws {
        let runner = try PythonRunner(try await .confined(), waiting: 3)
        let right = await withTaskGroup(of: (Int, Verdict).self) { group in
            for number in 0..<24 {
                group.addTask { (number, await runner.verdict(on: "def add(a, b): return a + b + \(number % 3)", under: Host.tests)) }
            }
            return await group.reduce(into: Set<Int>()) { if $1.1.isCorrect { $0.insert($1.0) } }
        }
        #expect(right == Set((0..<24).filter { $0 % 3 == 0 }))
        await runner.close()
    }
}
