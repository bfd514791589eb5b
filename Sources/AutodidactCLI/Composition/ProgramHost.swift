import Autodidact
import Sandbox
import Synchronization
import TaskLibrary

/// Where the programs of one command run, and the user's executables that judge for it.
///
/// Tasks are opened first, and those that run programs take the host as their runner; then it is made ready, or refuses, before any work;
/// it is closed when the command ends, whatever ended it.
final class ProgramHost: ProgramRunner {
    let confinement: Confinement
    private let state = Mutex(State())

    private struct State {
        var isNeeded = false
        var runner: PythonRunner?
        var verifiers: [CommandVerifier] = []
    }

    private init(_ confinement: Confinement) {
        self.confinement = confinement
    }

    /// Does a command's work with a host of its own.
    static func with<Result>(_ confinement: Confinement, _ work: (ProgramHost) async throws -> Result) async throws -> Result {
        let host = ProgramHost(confinement)
        let result: Result
        do {
            result = try await work(host)
        } catch {
            await host.close()
            throw error
        }
        await host.close()
        return result
    }

    /// What a manifest records: nil where no task runs programs.
    var recorded: Confinement? { state.withLock { $0.isNeeded } ? confinement : nil }

    /// The host itself, needed from now on.
    func needed() -> any ProgramRunner {
        state.withLock { $0.isNeeded = true }
        return self
    }

    /// The family of the catalogue with that slug.
    func family(named slug: String) throws(UnknownTask) -> any ProceduralFamily {
        try TaskCatalogue.family(named: slug, runner: needed)
    }

    /// The verifier that the user's executable is, closed with the host.
    ///
    /// - Throws: `CommandVerifierError` where there is none that can be run.
    func verifier(executable path: String) throws(CommandVerifierError) -> CommandVerifier {
        let verifier = try CommandVerifier(executable: path)
        state.withLock { $0.verifiers.append(verifier) }
        return verifier
    }

    /// Starts what the tasks need, and sees that the user's own verifier of `task` judges at all; nothing where there is neither.
    ///
    /// - Throws: `SandboxError` where the walls do not hold here, `BadInput` where nothing runs that could go without them, or where
    ///   the verifier fails.
    func prepare(for console: Console, judging task: OpenedTask? = nil) async throws {
        try await startRunner(for: console)
        try await task?.tryVerifier(for: console)
    }

    private func startRunner(for console: Console) async throws {
        guard state.withLock({ $0.isNeeded }) else {
            if confinement == .sandbox { return }
            throw BadInput("--unsafe-exec would have no effect: no task here runs programs")
        }
        let runner = try PythonRunner(confinement == .sandbox ? try await .confined() : try .unconfined())
        state.withLock { $0.runner = runner }
        if confinement == .none { console.note("warning: programs that the model writes run without a sandbox (--unsafe-exec)") }
    }

    /// Whether a program passes its tests; unscorable before the host is ready.
    func verdict(on program: String, under tests: ProgramTests) async -> Verdict {
        guard let runner = state.withLock({ $0.runner }) else {
            return .unscorable(reason: "nothing was made ready to run programs in")
        }
        return await runner.verdict(on: program, under: tests)
    }

    private func close() async {
        let (runner, verifiers) = state.withLock { state in
            defer { state = State() }
            return (state.runner, state.verifiers)
        }
        await runner?.close()
        for verifier in verifiers { await verifier.close() }
    }
}
