import Autodidact
import Foundation
import Testing

@testable import Sandbox

@Suite("Without a sandbox")
struct UnconfinedTests {
    @Test("limits hold, and the verdict is as far away")
    func limits() async throws {
        let runner = try PythonRunner(.unconfined(), limits: Host.limits, waiting: 1)
        #expect(runner.confinement == .none)
        #expect(await runner.verdict(on: "def add(a, b):\n    return a + b", under: Host.tests) == .correct)
        for program in [
            "import os\nos._exit(0)", "def add(a, b):\n    while True: pass", "print('x' * 10 ** 8)", "def add(a, b): return None",
        ] {
            let verdict = await runner.verdict(on: program, under: Host.tests)
            #expect(!verdict.isCorrect && verdict.reward == 0, "\(program): \(verdict)")
        }
        await runner.close()
    }

    private static let leaveSleeper =
        "import os, signal, time\n"
        + "def leave():\n    if os.fork() == 0:\n        os.setsid()\n        signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        + "        if os.fork() == 0: os.execv('/usr/bin/sleep', ['sleep', '@NAP@'])\n        os._exit(0)\n"

    @Test(
        "what a program leaves in a session of its own is gone when its verdict is there",
        arguments: [
            ("leave()\ndef add(a, b): return a + b", true),
            ("def add(a, b):\n    leave()\n    return a + b", true),
            ("for _ in range(20): leave()\nos._exit(0)", false),
            ("leave()\nos.kill(os.getpid(), signal.SIGKILL)", false),
            ("leave()\ntime.sleep(10 ** 6)", false),
            ("leave()\nos.killpg(0, signal.SIGKILL)", false),
        ])
    func leavesNothing(program: String, isRight: Bool) async throws {
        // A length of sleep that no other process has.
        let nap = "600.\(UInt32.random(in: 1...UInt32.max))"
        let runner = try PythonRunner(.unconfined(), limits: Host.limits, waiting: 1)
        let source = Self.leaveSleeper.replacing("@NAP@", with: nap) + program
        #expect(await runner.verdict(on: source, under: Host.tests).isCorrect == isRight)
        #expect(Host.commandLines().filter { $0.contains(nap) }.isEmpty)
        await runner.close()
    }

    @Test("a program's code, signal, input and output pass through its keeper")
    func keeper() async throws {
        let sandbox = try ProgramSandbox.unconfined()
        let passed = try await sandbox.run(["/bin/sh", "-c", "cat; echo complaint >&2; exit 3"], input: Array("given\n".utf8))
        #expect(passed == SandboxedProgram(ending: .exited(3), output: "given\n", errors: "complaint\n"))
        #expect(try await sandbox.run(["/bin/sh", "-c", "kill -9 $$"]).ending == .exited(128 + 9))
        #expect(try await sandbox.run(["/nowhere"]).ending == .exited(127))
    }

    @Test(
        "attempts of the escape suite succeed, so their failure in a sandbox is the sandbox's doing",
        arguments: [
            "read-canary", "read-system", "see-processes", "connect-host", "hypervisor-socket", "local-socket", "memory-file", "interfaces",
        ])
    func attemptsHaveTeeth(name: String) async throws {
        let program = try #require(try HostileProgram.all().first { $0.name == name + ".py" })
        let host = try Host()
        let runner = try PythonRunner(.unconfined(name: host.mark), limits: Host.limits, waiting: 1)
        #expect(await runner.verdict(on: host.filled(program.source), under: Host.tests) == .correct)
        await runner.close()
        #expect(await host.leftovers().isEmpty)
        try host.checkUnchanged()
    }
}
