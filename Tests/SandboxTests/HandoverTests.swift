import Autodidact
import Foundation
import Synchronization
import Testing

@testable import Sandbox

#if canImport(Glibc)
    import Glibc
#endif

/// An interpreter that dies before it has a program says nothing about the program.
@Suite("An interpreter that dies on us", .serialized)
struct HandoverTests {
    private static let right = "def add(a, b):\n    return a + b"
    /// A stand-in, in the shell: says that it stands, and ends when it is handed a program.
    private static let dying = "echo ready; read header; exit 0"

    /// What a runner says of a program whose interpreters are, in turn, these stand-ins, or real ones where nil; the rest are like `rest`.
    private func verdict(on program: String, interpreters: [String?], rest: String? = nil) async throws -> Verdict {
        let sandbox = try ProgramSandbox.unconfined()
        let real = PythonRunner.starting(in: sandbox, limits: Host.limits)
        let started = Started()
        let runner = try PythonRunner(sandbox, limits: Host.limits, waiting: 1) {
            started.next { number in
                let script = number < interpreters.count ? interpreters[number] : rest
                return script.map { sandbox.start(["/bin/sh", "-c", $0], limits: Host.limits) } ?? real()
            }
        }
        let verdict = await runner.verdict(on: program, under: Host.tests)
        await runner.close()
        return verdict
    }

    @Test(
        "a program that was never handed over goes to a fresh interpreter",
        arguments: [dying, "echo ready; read header; kill -9 $$", "echo ready; read header; echo nonsense; exit 0"])
    func retried(script: String) async throws {
        #expect(try await verdict(on: Self.right, interpreters: [script]) == .correct)
        let wrong = try await verdict(on: "def add(a, b):\n    return a - b", interpreters: [script])
        #expect(wrong == .wrong("a test fails after call 1"))
    }

    @Test("after two interpreters that died nothing is known of the program, and the machine is named")
    func twice() async throws {
        let verdict = try await verdict(on: Self.right, interpreters: [Self.dying, Self.dying])
        #expect(verdict.reward == nil && verdict.feedback.contains("2 interpreters in a row"), "\(verdict)")
        #expect(verdict.feedback.contains("one ended, one ended"), "\(verdict)")
    }

    @Test("what each of them did is said, such as that nothing was heard of it")
    func silent() async throws {
        let order = try #require(ProgramOrder(Self.right, under: Host.tests))
        let sandbox = try ProgramSandbox.unconfined()
        let pool = InterpreterPool(size: 1, handoverLimit: .milliseconds(50)) {
            sandbox.start(["/bin/sh", "-c", "echo ready; exec sleep 600"], limits: Host.limits)
        }
        let silence = "one said nothing for 0.05 seconds, one said nothing for 0.05 seconds"
        await #expect(throws: SandboxError.startFailed(reason: "2 interpreters in a row did not take their program: " + silence)) {
            try await pool.take(for: order)
        }
        await pool.close()
    }

    @Test(
        "a program that ends its own interpreter is wrong, and gets no other",
        arguments: [
            "import os\nos._exit(0)", "import os\nos.kill(os.getpid(), 9)", "import os\nos.closerange(0, 60)\nos._exit(1)",
            "import os\nwhile True: os.write(2, b'x' * 65536)",
            "import os\nfor f in range(60):\n    try: os.write(f, b'taken\\nready\\n')\n    except OSError: pass",
        ])
    func ownEnd(program: String) async throws {
        // Handed to another, it would be unscorable: all others die.
        let verdict = try await verdict(on: program, interpreters: [nil], rest: Self.dying)
        #expect(verdict.reward == 0 && !verdict.isCorrect, "\(verdict)")
    }

    @Test("interpreters that were killed while they waited are passed over")
    func killedUnconfined() async throws {
        let host = try Host()
        try await killWaiting(of: host, in: .unconfined(name: host.mark))
    }

    @Test("so are those in sandboxes", .enabled(if: Host.runsSandboxes, "SKIPPED: no sandbox can be made on this machine"))
    func killedConfined() async throws {
        let host = try Host()
        try await killWaiting(of: host, in: try await host.sandbox())
    }

    /// Kills all interpreters that wait, by their ids; the next programs are judged right all the same, and nothing is left.
    private func killWaiting(of host: Host, in sandbox: ProgramSandbox) async throws {
        let real = PythonRunner.starting(in: sandbox, limits: Host.limits)
        let started = Started()
        let runner = try PythonRunner(sandbox, limits: Host.limits, waiting: 3) { started.next { _ in real() } }
        // The pool alone may read what they write, and it tells nobody: so it is looked for again and again.
        for _ in 0..<6_000 where started.all.count < 3 || !started.all.allSatisfy({ $0.output.written > 0 }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        let waiting = started.all
        let processes = host.processes()
        #expect(waiting.count == 3 && processes.count >= 3)
        for process in processes { #expect(kill(process, SIGKILL) == 0 || errno == ESRCH) }
        for child in waiting { await child.end() }
        #expect(waiting.allSatisfy { $0.output.isClosed })

        #expect(await runner.verdict(on: Self.right, under: Host.tests) == .correct)
        #expect(await runner.verdict(on: "def add(a, b):\n    return a - b", under: Host.tests) == .wrong("a test fails after call 1"))
        await runner.close()
        #expect(await host.leftovers().isEmpty)
        try host.checkUnchanged()
    }
}

/// The interpreters that a runner has started, in order.
private final class Started: Sendable {
    private let children = Mutex<[ChildProcess]>([])

    /// All so far.
    var all: [ChildProcess] { children.withLock { $0 } }

    /// Starts and keeps one more; `start` is told how many were before it.
    func next(_ start: (Int) -> ChildProcess) -> ChildProcess {
        children.withLock { children in
            let child = start(children.count)
            children.append(child)
            return child
        }
    }
}
