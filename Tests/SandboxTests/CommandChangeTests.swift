import Autodidact
import Foundation
import Testing

@testable import Sandbox

/// A verifier whose file is replaced while it judges must not become another verifier under the old one's name.
@Suite("A user's own verifier that is changed while it judges", .serialized)
struct CommandChangeTests {
    private static let change = "with open(sys.argv[0], 'a') as program: program.write('# changed\\n')\n"
    private static let leave = "sys.exit(1)"

    private static func digest(of host: CommandHost) throws -> String {
        ContentHash.hexadecimal(of: try Data(contentsOf: host.program))
    }

    @Test("no process of the new program is started, the verdict is unknown, and the work ends with both hashes")
    func changed() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let began = try Self.digest(of: host)
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try verifier.confirm()
        let verdict = await verifier.verdict(on: Self.change + Self.leave, for: CommandHost.problem())
        let now = try Self.digest(of: host)
        #expect(verdict.reward == nil && verdict.feedback.contains("was changed while it was judging"), "\(verdict)")
        let expected = VerifierError.changed(path: host.program.path, began: began, now: now)
        #expect(throws: expected) { try verifier.confirm() }
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()).reward == nil)
        #expect(host.processes.count == 1)
        try await host.finish(verifier)
        #expect(throws: expected) { try verifier.confirm() }
    }

    @Test("a program that is changed after our look and before its first answer is not believed")
    func changedAtStart() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let verdict = await verifier.verdict(on: Self.change + CommandHost.correct, for: CommandHost.problem())
        #expect(verdict.reward == nil && verdict.feedback.contains("was changed"), "\(verdict)")
        #expect(throws: VerifierError.self) { try verifier.confirm() }
        try await host.finish(verifier)
    }

    @Test("a process that was started before the change is the old program, and is believed to its end")
    func oldProcess() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        #expect(await verifier.verdict(on: Self.change + CommandHost.correct, for: CommandHost.problem()) == .correct)
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try verifier.confirm()
        #expect(await verifier.verdict(on: Self.leave, for: CommandHost.problem()).reward == nil)
        #expect(throws: VerifierError.self) { try verifier.confirm() }
        #expect(host.processes.count == 1)
        try await host.finish(verifier)
    }

    @Test("a program that is gone, or can no longer be run, ends the work", arguments: ["remove(sys.argv[0])", "chmod(sys.argv[0], 0)"])
    func lost(change: String) async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let began = try Self.digest(of: host)
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        let verdict = await verifier.verdict(on: "os.\(change)\n" + Self.leave, for: CommandHost.problem())
        #expect(verdict.reward == nil && verdict.feedback.contains("was lost while it was judging"), "\(verdict)")
        let error = #expect(throws: VerifierError.self) { try verifier.confirm() }
        guard case .lost(host.program.path, began, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("there is no verifier") || reason.contains("is not executable"), "\(reason)")
        try await host.finish(verifier)
    }

    @Test("a file that is written again with the same content is the same verifier")
    func same() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try Data(contentsOf: host.program).write(to: host.program)
        let verdict = await verifier.verdict(on: "if start == 1: sys.exit(1)\n" + CommandHost.correct, for: CommandHost.problem())
        #expect(verdict == .correct && host.processes.count == 2, "\(verdict)")
        try verifier.confirm()
        try await host.finish(verifier)
    }

    @Test("a large program has the hash of all of its file")
    func large() async throws {
        let host = try CommandHost()
        let began = try CommandProgram(host.program.path)
        try (Data("#!/bin/sh\n".utf8) + Data(repeating: 0x23, count: 3 << 20)).write(to: host.program)
        let now = try CommandProgram(host.program.path)
        #expect(try now.digest == Self.digest(of: host) && now.digest != began.digest)
        try FileManager.default.removeItem(at: host.folder)
    }

    @Test("messages name path, both short hashes and the remedy, on one line")
    func messages() {
        let (began, now) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
        #expect(
            "\(VerifierError.changed(path: "./check\u{1B}.py", began: began, now: now))"
                == "the verifier './check\u{FFFD}.py' was changed while it was judging (SHA-256 aaaaaaaaaaaaaaaa when the work began, "
                + "bbbbbbbbbbbbbbbb now): put the old program back and resume, or start a new run with the new one")
        let lost = VerifierError.lost(path: "c", began: began, reason: CommandVerifierError.missing(path: "c").description)
        #expect("\(lost)".contains("there is no verifier 'c'") && "\(lost)".hasSuffix("or start a new run with the new one"))
    }
}
