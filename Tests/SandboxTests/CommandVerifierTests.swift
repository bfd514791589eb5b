import Autodidact
import Foundation
import Testing

@testable import Sandbox

@Suite("A user's own program as the verifier", .serialized)
struct CommandVerifierTests {
    @Test("gets a request's six fields, and its answers become verdicts")
    func verdicts() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let problem = CommandHost.problem(3)
        let fields =
            "say(json.dumps({'correct': True, 'id': request['id'], 'feedback': "
            + "' '.join([str(request[k]) for k in ('answer', 'level', 'prompt')] + sorted(request))}))"
        #expect(
            await verifier.verdict(on: fields, for: problem)
                == .correct(score: 1, feedback: "42 3 What is 3? answer id level problem prompt response"))
        #expect(
            await verifier.verdict(
                on: "say(json.dumps({'score': 0.25, 'feedback': str(request['answer'])}))", for: CommandHost.problem(1, reference: ""))
                == .wrong(score: 0.25, feedback: "None"))
        #expect(await verifier.verdict(on: #"say('{"correct": false}') # é\u{1F600}"#, for: problem) == .wrong(""))
        #expect(
            await verifier.verdict(on: #"say('{"unscorable": "no\\nkey"}')"#, for: problem) == .unscorable(reason: "check.py: no key"))
        #expect(host.processes.count == 1)
        try await host.finish(verifier)
    }

    @Test("refuses before any work what cannot be run")
    func refusals() throws {
        let host = try CommandHost("print(1)")
        func error(_ path: String) -> CommandVerifierError? {
            #expect(throws: CommandVerifierError.self) { try CommandVerifier(executable: path) }
        }
        let (path, folder) = (host.program.path, host.folder.path)
        #expect(error(folder + "/none.py") == .missing(path: folder + "/none.py"))
        #expect(error(folder) == .notAFile(path: folder))
        #expect(error("/dev/null") == .notAFile(path: "/dev/null"))
        #expect(error(path) == .notAProgram(path: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(error(path) == .notExecutable(path: path))
        #expect(
            "\(CommandVerifierError.notExecutable(path: "a\u{1B}"))" == "the verifier 'a\u{FFFD}' is not executable: run 'chmod +x' on it")
        try FileManager.default.removeItem(at: host.folder)
    }

    @Test("is named by the program's content")
    func version() throws {
        let (one, other) = (try CommandHost("#!/bin/sh\n"), try CommandHost("#!/bin/sh\n\n"))
        #expect(try one.verifier().version == "command/1 check.py a8076d3d28d21e02")
        #expect(try one.verifier().version != other.verifier().version)
        for host in [one, other] { try FileManager.default.removeItem(at: host.folder) }
    }

    @Test(
        "a program that fails twice makes the response unscorable, with its fault",
        arguments: [
            ("say('yes')", "'yes' is not JSON"),
            (#"say('{"score": NaN}')"#, "is not JSON: column 11 has 'N'"),
            ("sys.exit(3)", "ended with code 3 before its verdict"),
            ("os.kill(os.getpid(), 9)", "was ended by signal 9"), ("os.close(1); time.sleep(600)", "before its verdict"),
            ("sys.stdout.write('{\"correct\": tr'); sys.stdout.flush(); os._exit(0)", "(its line '{\"correct\": tr' has no newline)"),
            ("raise ValueError('no \\x1b[2J luck')", "line 1, in <module> ValueError: no \u{FFFD}[2J luck, and"),
            ("say('1' * 5000)", "a line of more than 2000 bytes"),
            ("while True: sys.stdout.write('x' * 60000)", "a line of more than 2000 bytes"),
            (#"say('{"correct": true}\n{"correct": true}')"#, "more than one line for one request"),
            (#"sys.stdout.write('{"correct": true}\n{'); sys.stdout.flush()"#, "more than one line for one request"),
        ])
    func faults(response: String, cause: String) async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let verdict = await verifier.verdict(on: response, for: CommandHost.problem())
        #expect(verdict.reward == nil && verdict.feedback.contains(cause), "\(verdict)")
        #expect(verdict.feedback.hasPrefix("check.py ") && verdict.feedback.hasSuffix(", and so again when asked once more"))
        #expect(verdict.feedback.utf8.count < 1_000 && !verdict.feedback.unicodeScalars.contains("\u{1B}"))
        #expect(host.processes.count == 2)
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        try await host.finish(verifier)
    }

    @Test("asked before the work, says what it does instead of giving a verdict; any verdict will do")
    func faultBeforehand() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        for verdict in [CommandHost.correct, #"say('{"correct": false}')"#, #"say('{"unscorable": "no network"}')"#] {
            #expect(await verifier.fault(on: verdict, for: CommandHost.problem()) == nil)
        }
        let fault = try #require(await verifier.fault(on: "sys.exit(3)", for: CommandHost.problem()))
        #expect(fault.hasPrefix("check.py ended with code 3 before its verdict") && fault.hasSuffix("asked once more"), "\(fault)")
        try await host.finish(verifier)
    }

    @Test("what fails once is asked of a fresh process", arguments: ["sys.exit(1)", "say('?')", "os.kill(os.getpid(), 6)"])
    func retry(fault: String) async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        let response = "\(fault) if start == 1 else \(CommandHost.correct)"
        #expect(await verifier.verdict(on: response, for: CommandHost.problem()) == .correct)
        #expect(host.processes.count == 2)
        try await host.finish(verifier)
    }

    @Test("a verdict that takes too long is asked of a fresh process, and the slow one ends with all that it started")
    func late() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier(verdict: .milliseconds(200))
        // The first verdict of a process may take as long as its start.
        #expect(await verifier.verdict(on: CommandHost.correct, for: CommandHost.problem()) == .correct)
        let response = "if start == 1:\n  note(subprocess.Popen(['sleep', '600']).pid)\n  time.sleep(600)\n\(CommandHost.correct)"
        #expect(await verifier.verdict(on: response, for: CommandHost.problem()) == .correct)
        #expect(await host.leftovers(of: host.processes.dropLast()) == [])
        try await host.finish(verifier)
    }

    @Test("without a verdict in time, twice, nothing is known")
    func neverInTime() async throws {
        let host = try CommandHost("#!/bin/sh\necho $$ >> \"$(dirname \"$0\")/log\"\nsleep 600\n", named: "slow.sh")
        let limits = CommandLimits(verdict: .milliseconds(300), start: .zero)
        let verifier = try CommandVerifier(executable: host.program.path, limits: limits)
        let verdict = await verifier.verdict(on: "", for: CommandHost.problem())
        let hint = "(does it flush its output after each line?)"
        #expect(verdict == .unscorable(reason: "slow.sh gave no verdict within 0.3 seconds \(hint), and so again when asked once more"))
        try await host.finish(verifier)
    }

    @Test("a program that cannot be started is a fault, not a crash")
    func noInterpreter() async throws {
        let host = try CommandHost("#!/nowhere/python\n")
        let verifier = try host.verifier()
        let verdict = await verifier.verdict(on: "", for: CommandHost.problem())
        #expect(verdict.reward == nil && verdict.feedback.contains("could not be started"), "\(verdict)")
        try await host.finish(verifier)
    }

    @Test("a program that writes a line too many is found out, and not believed")
    func unbidden() async throws {
        let host = try CommandHost()
        let verifier = try host.verifier()
        var verdict: Verdict = .correct
        // Whether a second line is seen before or after the next request depends on the machine; that it is seen does not.
        for _ in 0..<10_000 where verdict.reward != nil {
            verdict = await verifier.verdict(on: CommandHost.correct + "\n" + CommandHost.correct, for: CommandHost.problem())
        }
        #expect(verdict.reward == nil)
        #expect(verdict.feedback.contains("nobody had asked for") || verdict.feedback.contains("more than one line"), "\(verdict)")
        try await host.finish(verifier)
    }
}
