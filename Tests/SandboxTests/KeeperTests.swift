import Autodidact
import Foundation
import Testing

@testable import Sandbox

#if canImport(Glibc)
    import Glibc
#endif

/// A keeper may be killed, by the system for want of memory or by us; what it holds ends all the same, and is not blamed.
@Suite("A keeper that is killed")
struct KeeperTests {
    private static let patience = Duration.seconds(60)

    /// A shell that says which process its keeper is, and which one is above that, and leaves a process in a session of its own.
    private static let program = "echo $PPID; cut -d ' ' -f 4 /proc/$PPID/stat; setsid sh -c 'echo left; exec sleep 600' & exec sleep 600"

    private func line(of process: ChildProcess) async throws -> String {
        guard case .line(let line) = await process.output.line(within: Self.patience) else {
            Issue.record("\(process.errors.text)")
            throw CancellationError()
        }
        return String(decoding: line, as: UTF8.self)
    }

    @Test("ends what it holds, whichever of its two processes it was", arguments: [0, 1])
    func killed(place: Int) async throws {
        let process = try ProgramSandbox.unconfined().start(["/bin/sh", "-c", Self.program], limits: Host.limits)
        let keepers = [try await line(of: process), try await line(of: process)].compactMap { Int32($0) }
        try #require(keepers.count == 2 && keepers.allSatisfy { $0 > 1 })
        #expect(try await line(of: process) == "left")
        #expect(kill(keepers[place], SIGKILL) == 0)
        // Closed when all of those that hold it have ended: the program and what it left, not the keeper.
        #expect(await process.output.end(within: Self.patience) == .closed)
        guard case .success(.lost) = await process.end() else {
            Issue.record("a killed keeper is taken for its program")
            return
        }
    }

    @Test("ends what it holds also where the process above it is killed")
    func killedParent() async throws {
        let kept = ProgramKeeper.command(["/bin/sh", "-c", "setsid sh -c 'echo left; exec sleep 600' & exec sleep 600"], under: "PARENT")
        // A shell in Autodidact's place, which is killed alone: first it puts its own number where the keeper looks for it.
        let script = "echo $$; for w do shift; [ \"$w\" = PARENT ] && w=$$; set -- \"$@\" \"$w\"; done; \"$@\" & wait"
        let parent = ChildProcess(
            ["/bin/sh", "-c", script, "sh"] + kept, hold: .namespace, output: OutputBuffer(limit: 1_000),
            errors: OutputBuffer(limit: 1_000))
        let shell = try #require(Int32(try await line(of: parent)))
        #expect(try await line(of: parent) == "left")
        #expect(kill(shell, SIGKILL) == 0)
        // Closed when all that the keeper held has ended.
        #expect(await parent.output.end(within: Self.patience) == .closed)
        await parent.end()
    }

    @Test("begins nothing where the process above it has ended before")
    func lateStart() async throws {
        let words = ProgramKeeper.command(["/bin/sh", "-c", "echo begun"], under: "0")
        let process = ChildProcess(words, hold: .keeper, output: OutputBuffer(limit: 1_000), errors: OutputBuffer(limit: 1_000))
        let result = await process.result(within: Self.patience)
        #expect(result == SandboxedProgram(ending: .exited(1), output: "", errors: ""))
    }

    /// Stands in for an interpreter, under a keeper of its own user, which it kills after `script`.
    private func standIn(_ script: String) -> ChildProcess {
        let words = ["/bin/sh", "-c", "echo ready; \(script); kill -9 $PPID; sleep 600"]
        return ChildProcess(
            ProgramKeeper.command(words), hold: .keeper, output: OutputBuffer(limit: 1_000), errors: OutputBuffer(limit: 1_000))
    }

    @Test("leaves nothing known of the program", arguments: ["echo taken", "echo taken; echo '0 R null'; read call"])
    func verdict(script: String) async throws {
        let runner = try PythonRunner(.unconfined(), limits: Host.limits, waiting: 1) { standIn("read header; " + script) }
        #expect(await runner.verdict(on: "pass", under: Host.tests) == .unscorable(reason: Trial.lost))
        await runner.close()
    }

    @Test("leaves nothing known of the program where it held the tests")
    func tests() async throws {
        let sandbox = try ProgramSandbox.unconfined()
        let answer = "echo ready; echo '0 R null'; read call; echo '1 R 5'; sleep 600"
        let program = sandbox.start(["/bin/sh", "-c", answer], limits: Host.limits)
        let checker = standIn("read order; echo 'C ((2, 3), {})'; read reply")
        for child in [program, checker] { try await child.awaitReady() }
        let (verdict, isIntact) = await Trial(program: program, checker: checker, limits: Host.limits).verdict(under: Host.tests)
        #expect(verdict == .unscorable(reason: Trial.lost) && !isIntact)
        for child in [program, checker] { await child.end() }
    }
}
