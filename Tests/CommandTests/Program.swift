import Foundation
import Synchronization

/// The real binary, run as a user runs it.
enum Program {
    /// How a run of the program ended.
    struct Outcome: Sendable {
        let code: Int32
        /// Whether a signal ended it; `code` is then the signal's number.
        let wasKilled: Bool
        let output: String
        let errors: String

        /// Whether it failed with this code, nothing on stdout and one line `error: …` at the end of stderr.
        func failed(_ code: Int32, naming words: String...) -> Bool {
            let last = errors.split(separator: "\n").last ?? ""
            return !wasKilled && self.code == code && output.isEmpty && last.hasPrefix("error: ")
                && errors.split(separator: "\n").count { $0.hasPrefix("error: ") } == 1 && words.allSatisfy { last.contains($0) }
        }
    }

    /// The package's root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the test bundle, among the build products.
    static let binary: URL = {
        let places = [Bundle.main.executableURL] + CommandLine.arguments.map { URL(fileURLWithPath: $0) }
        for place in places.compactMap(\.self) {
            var folder = place
            while folder.path != "/" {
                folder.deleteLastPathComponent()
                let candidate = folder.appendingPathComponent("autodidact")
                if isProgram(candidate) { return candidate }
            }
        }
        return root.appendingPathComponent(".build/release/autodidact")
    }()

    /// Runs the program to its end.
    static func run(_ arguments: [String], in folder: URL, through shell: String? = nil) async throws -> Outcome {
        try await RunningProgram(arguments, in: folder, through: shell).end()
    }

    private static func isProgram(_ file: URL) -> Bool {
        FileManager.default.isExecutableFile(atPath: file.path) && !FileManager.default.fileExists(atPath: file.path + "/")
    }
}

/// The program while it runs: its stderr can be followed, and signals sent.
final class RunningProgram: Sendable {
    private struct State {
        var text = ""
        var isClosed = false
        var waiter: (isReached: @Sendable (String) -> Bool, resume: @Sendable (Bool) -> Void)?
    }

    private let process: Process
    private let outputFile: URL
    private let errors = Pipe()
    private let state = Mutex(State())
    private let exit: Task<Void, Never>

    /// Starts the program; `shell` is a script that ends in `exec "$@"`.
    init(_ arguments: [String], in folder: URL, through shell: String? = nil) throws {
        let process = Process()
        outputFile = folder.appendingPathComponent("stdout-\(UUID().uuidString)")
        try Data().write(to: outputFile)
        process.executableURL = shell == nil ? Program.binary : URL(fileURLWithPath: "/bin/bash")
        process.arguments = (shell.map { ["-c", $0, "bash", Program.binary.path] } ?? []) + arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "COLUMNS": "80"]
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: outputFile)
        process.standardOutput = output
        process.standardError = errors
        let (ended, ending) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ending.finish() }
        exit = Task { for await _ in ended {} }
        self.process = process
        errors.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            receive(data)
        }
        try process.run()
        // Foundation would keep what it was given open for good, and stops noticing ends after some 250 open files.
        try output.close()
    }

    /// Waits until what was written to stderr so far fulfils a condition; false where the program ended before.
    func reaches(_ isReached: @escaping @Sendable (String) -> Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if isReached(state.text) || state.isClosed {
                    continuation.resume(returning: isReached(state.text))
                } else {
                    state.waiter = (isReached, { continuation.resume(returning: $0) })
                }
            }
        }
    }

    /// Sends a signal.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the end.
    func end() async throws -> Program.Outcome {
        await exit.value
        _ = await reaches { _ in false }
        try errors.fileHandleForReading.close()
        let output = try String(contentsOf: outputFile, encoding: .utf8)
        try FileManager.default.removeItem(at: outputFile)
        return Program.Outcome(
            code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, output: output,
            errors: state.withLock { $0.text })
    }

    private func receive(_ data: Data) {
        state.withLock { state in
            state.text += String(decoding: data, as: UTF8.self)
            if data.isEmpty { state.isClosed = true }
            guard let waiter = state.waiter else { return }
            let isReached = waiter.isReached(state.text)
            guard isReached || state.isClosed else { return }
            state.waiter = nil
            waiter.resume(isReached)
        }
    }
}
