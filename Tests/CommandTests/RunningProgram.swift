import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The program while it runs: its stderr can be followed, and signals sent.
final class RunningProgram: Sendable {
    /// Far more than any of the tests' commands takes: one that hangs is killed, and its own test fails instead of the whole run.
    private static let limit = Duration.seconds(400)
    private static let maximumOutput = 64 << 20

    private let errors = FollowedText()
    private let ending: Task<Program.Outcome, any Error>

    /// Starts the program; `shell` is a script that ends in `exec "$@"`.
    init(_ arguments: [String], in folder: URL, through shell: String? = nil) {
        let program = shell == nil ? Program.binary.path : "/bin/bash"
        let words = (shell.map { ["-c", $0, "bash", Program.binary.path] } ?? []) + arguments
        ending = Task { [errors] in
            let watch = Task {
                // One that hangs is killed even when it has closed stderr before.
                try await Task.sleep(for: Self.limit)
                if let process = errors.process { kill(process, SIGKILL) }
            }
            defer {
                watch.cancel()
                errors.close()
            }
            let result = try await Subprocess.run(
                .path(FilePath(program)), arguments: Arguments(words),
                environment: .custom(["PATH": "/usr/bin:/bin", "HOME": folder.path, "COLUMNS": "80"]),
                workingDirectory: FilePath(folder.path), input: .none, output: .string(limit: Self.maximumOutput), error: .sequence
            ) { execution in
                errors.begin(execution.processIdentifier.value)
                for try await piece in execution.standardError { errors.append(Data(buffer: piece)) }
            }
            let (code, wasKilled) =
                switch result.terminationStatus {
                case .exited(let code): (code, false)
                case .signaled(let signal): (signal, true)
                }
            return Program.Outcome(code: code, wasKilled: wasKilled, output: result.standardOutput, errors: errors.text)
        }
    }

    /// Waits until what was written to stderr so far fulfils a condition; false where the program ended before.
    func reaches(_ isReached: @escaping @Sendable (String) -> Bool) async -> Bool {
        await errors.reaches(isReached)
    }

    /// What was read from stderr until now.
    var errorsSoFar: String { errors.text }

    /// Sends a signal, once something has been read from the program.
    func send(_ signal: Int32) {
        if let process = errors.process { kill(process, signal) }
    }

    /// Waits for the end.
    func end() async throws -> Program.Outcome {
        try await ending.value
    }
}
