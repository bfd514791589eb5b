import Autodidact
import Foundation
import Sandbox
import Testing

/// Programs that try to get out, to take what is not theirs, to stay, or to be judged right without being right.
///
/// `add` of a hostile program is right only if its attempt succeeded; so a right verdict is an escape, but for the few whose first line
/// says that they are right whatever they tried.
@Suite("Hostile programs", .serialized, .enabled(if: Host.runsSandboxes, "SKIPPED escape suite: no sandbox can be made on this machine"))
struct EscapeTests {
    @Test("are contained, judged as they deserve, and leave nothing", arguments: try HostileProgram.all())
    func contained(program: HostileProgram) async throws {
        let host = try Host()
        let runner = try PythonRunner(try await host.sandbox(), limits: Host.limits, waiting: 1)
        let verdict = await runner.verdict(on: host.filled(program.source), under: Host.tests)
        #expect(verdict.isCorrect == program.isRight && verdict.reward != nil, "\(program): \(verdict)")

        // The judge goes on, with the next program and the same checker.
        #expect(await runner.verdict(on: "def add(a, b):\n    return a + b", under: Host.tests) == .correct)
        #expect(await !runner.verdict(on: "def add(a, b):\n    return a - b", under: Host.tests).isCorrect)
        await runner.close()
        #expect(await host.leftovers().isEmpty, "\(program)")
        try host.checkUnchanged()
    }

    @Test("are at least forty, and most of them wrong")
    func count() throws {
        let programs = try HostileProgram.all()
        #expect(programs.count >= 40 && programs.count { !$0.isRight } >= 40)
        #expect(Set(programs.map(\.attempt)).count == programs.count)
    }
}

/// A file of `Programs`: its first line says what verdict it deserves and what it tries.
struct HostileProgram: Sendable, CustomTestStringConvertible {
    let name: String
    let isRight: Bool
    let attempt: String
    let source: String

    var testDescription: String { "\(name): \(attempt)" }

    static func all() throws -> [HostileProgram] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Programs")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let source = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let header = try #require(source.wholeMatch(of: /# (right|wrong): ([^\n]+)\n(?s:.*)/), "\(name) says not what it deserves")
            return HostileProgram(name: name, isRight: header.1 == "right", attempt: String(header.2), source: source)
        }
    }
}
