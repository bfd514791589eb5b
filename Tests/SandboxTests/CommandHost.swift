import Autodidact
import Foundation
import Testing

@testable import Sandbox

/// A folder with a verifier's program, which notes each of its processes there.
struct CommandHost {
    let folder: URL
    let program: URL
    private let log: URL

    /// Does what a response says: for each request, its response is run as Python.
    static let obedient = """
        #!\(PythonRunner.interpreter) -ISB
        import json, os, subprocess, sys, time
        folder = os.path.dirname(os.path.abspath(sys.argv[0]))
        def note(process):
            with open(folder + "/log", "a") as log: log.write("%d\\n" % process)
        def say(text):
            sys.stdout.write(text + "\\n")
            sys.stdout.flush()
        note(os.getpid())
        start = len(open(folder + "/log").readlines())
        for line in sys.stdin:
            request = json.loads(line)
            exec(request["response"])
        """
    static let correct = #"say('{"correct": true}')"#

    init(_ source: String = obedient, named name: String = "check.py", permissions: Int = 0o755) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        (program, log) = (folder.appendingPathComponent(name), folder.appendingPathComponent("log"))
        try Data(source.utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: program.path)
    }

    /// A verifier with more time than a busy machine takes to start a program.
    func verifier(verdict: Duration = .seconds(120), workers: Int = 1) throws -> CommandVerifier {
        try CommandVerifier(
            executable: program.path, limits: CommandLimits(verdict: verdict, start: .seconds(120), line: 2_000, workers: workers))
    }

    static func problem(_ number: Int = 1, reference: String = "42") -> Problem {
        Problem(task: "own", canonical: "\(number)", prompt: "What is \(number)?\n", reference: reference, level: number)
    }

    /// The processes that the program noted so far.
    var processes: [Int32] {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { Int32($0) }
    }

    /// Waits until so many processes were noted.
    func waitForProcesses(_ count: Int) async {
        for _ in 0..<12_000 where processes.count < count { try? await Task.sleep(for: .milliseconds(10)) }
    }

    /// The noted processes that are still there, a zombie of this process included; waits for those that are just dying.
    func leftovers(of noted: [Int32]? = nil) async -> [Int32] {
        var found: [Int32] = []
        for _ in 0..<1_000 {
            found = (noted ?? processes).filter(Self.isThere)
            if found.isEmpty { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return found
    }

    /// Closes the verifier, and checks that nothing of the program is left.
    func finish(_ verifier: CommandVerifier) async throws {
        await verifier.close()
        #expect(await leftovers() == [])
        try FileManager.default.removeItem(at: folder)
    }

    private static func isThere(_ process: Int32) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        // A grandchild's zombie is its new parent's to reap.
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return kill(process, 0) == 0 }
        let words = status.split(separator: " ")
        return !(words.contains("Z") && !words.contains("\(ProcessInfo.processInfo.processIdentifier)"))
    }
}
