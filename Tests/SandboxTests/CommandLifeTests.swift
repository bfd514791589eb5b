import Autodidact
import Foundation
import Testing

@testable import Sandbox

@Suite("The processes of a user's own verifier", .serialized)
struct CommandLifeTests {
    private static let hanging = "note(subprocess.Popen(['sleep', '600']).pid); time.sleep(600)"

    @Test("many verdicts at once are those that one process gives one after another")
    func together() async throws {
        var all: [[Verdict]] = []
        for workers in [1, 3] {
            let host = try CommandHost()
            let verifier = try host.verifier(workers: workers)
            let verdicts = await withTaskGroup(of: (Int, Verdict).self) { group in
                for number in 0..<40 {
                    let answer = number % 7 == 0 ? "sys.exit(\(number))" : "say(json.dumps({'score': \(number) / 64}))"
                    group.addTask { (number, await verifier.verdict(on: answer, for: CommandHost.problem(number))) }
                }
                return await group.reduce(into: [Int: Verdict]()) { $0[$1.0] = $1.1 }
            }
            all.append((0..<40).compactMap { verdicts[$0] })
            try await host.finish(verifier)
        }
        #expect(all[0] == all[1] && all[0].count == 40)
        #expect((0..<40).allSatisfy { all[0][$0].reward == ($0 % 7 == 0 ? nil : Double($0) / 64) })
    }

    @Test("gets PATH, HOME and LANG of Autodidact's environment, and nothing else of it")
    func environment() async throws {
        let own = ["PATH": "/bin", "HOME": "/", "LANG": "C", "AUTODIDACT_KEY": "k", "LANGUAGE": "en", "path": "/"]
        #expect(CommandVerifier.environment(from: own) == ["PATH": "/bin", "HOME": "/", "LANG": "C"])
        Host.plantSecret()
        let host = try CommandHost()
        let verifier = try host.verifier()
        // Wrappers of interpreters may set variables of their own.
        let answer = "say(json.dumps({'correct': 'canary' not in str(os.environ) and 'PATH' in os.environ}))"
        #expect(await verifier.verdict(on: answer, for: CommandHost.problem()) == .correct)
        try await host.finish(verifier)
    }

    @Test("errors that a program writes without end are read and forgotten")
    func errors() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let verdict = await verifier.verdict(
            on: "sys.stderr.write('e' * 3000000 + ' the last'); sys.stderr.flush(); sys.exit(2)", for: CommandHost.problem())
        #expect(verdict.reward == nil && verdict.feedback.contains("the last, and so again"), "\(verdict)")
        #expect(verdict.feedback.utf8.count < 600)
        try await host.finish(verifier)
    }

    @Test("a cancelled verdict ends its process with all that it started")
    func cancellation() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let judging = Task { await verifier.verdict(on: Self.hanging, for: CommandHost.problem()) }
        let waiting = Task { await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) }
        await host.waitForProcesses(2)
        waiting.cancel()
        judging.cancel()
        #expect(await judging.value == .unscorable(reason: "check.py was stopped because the work was cancelled"))
        _ = await waiting.value
        #expect(await host.leftovers(of: Array(host.processes.prefix(2))) == [])
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try await host.finish(verifier)
    }

    @Test("closing ends processes at work and those that wait, and nothing is judged any more")
    func closing() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier(workers: 2)
        let judging = Task { await verifier.verdict(on: Self.hanging, for: CommandHost.problem()) }
        await host.waitForProcesses(2)
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        await verifier.close()
        #expect(await judging.value == .unscorable(reason: "check.py was closed"))
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .unscorable(reason: "check.py was closed"))
        #expect(await host.leftovers() == [])
        try await host.finish(verifier)
    }

    @Test("a process that does not end with its input is killed when the verifier is closed")
    func deaf() async throws {
        let host = try CommandHost(CommandHost.obedient + "\ntime.sleep(600)\n")
        let verifier = try host.verifier()
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try await host.finish(verifier)
    }

    @Test("a verifier that is forgotten leaves no process")
    func forgotten() async throws {
        let host = try CommandHost()
        do {
            let verifier = try host.verifier()
            #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        }
        #expect(await host.leftovers() == [])
        try FileManager.default.removeItem(at: host.folder)
    }
}
