import Autodidact
import Synchronization

/// The processes of a verifier's program: some wait for a request, each has at most one.
final class CommandPool: Sendable {
    private struct State {
        var idle: [CommandProcess] = []
        var all: [ObjectIdentifier: CommandProcess] = [:]
        /// Why nothing more is asked.
        var end: CommandFault?
    }

    private let program: CommandProgram
    private let start: @Sendable () -> CommandProcess
    private let turnstile: Turnstile
    private let state = Mutex(State())

    /// A pool of at most `workers` processes of a program, which `start` starts when there is work.
    init(_ program: CommandProgram, workers: Int, start: @escaping @Sendable () -> CommandProcess) {
        self.program = program
        self.start = start
        turnstile = Turnstile(workers)
    }

    deinit {
        // Whoever forgot to close it leaves no process behind.
        state.withLock { for process in $0.all.values { process.stop() } }
    }

    /// The verdict on a response, asked for twice where the first process fails.
    ///
    /// - Throws: `CommandFault`, that of the second process where there was one.
    func verdict(on request: CommandRequest) async throws(CommandFault) -> Verdict {
        guard await turnstile.enter() else { throw .cancelled }
        defer { turnstile.leave() }
        do throws(CommandFault) {
            return try await verdict(on: request, isSecondTry: false)
        } catch  where error.isWorthAnotherTry && !Task.isCancelled {
            return try await verdict(on: request, isSecondTry: true)
        }
    }

    /// Throws where the program was found to be another than it was.
    func confirm() throws(VerifierError) {
        if case .notItself(let error) = state.withLock({ $0.end }) { throw error }
    }

    /// Ends all processes and waits until they are gone: those at work at once, those that wait when their input ends.
    func close() async {
        let (idle, busy) = state.withLock { state in
            state.end = state.end ?? .closed
            let waiting = Set(state.idle.map(ObjectIdentifier.init))
            defer { (state.idle, state.all) = ([], [:]) }
            return (state.idle, state.all.filter { !waiting.contains($0.key) }.map(\.value))
        }
        for process in busy { process.stop() }
        for process in idle { process.dismiss() }
        for process in idle { await process.endDismissed() }
        for process in busy { await process.end() }
    }

    private func verdict(on request: CommandRequest, isSecondTry: Bool) async throws(CommandFault) -> Verdict {
        let (process, isStarted) = try await take(isFresh: isSecondTry)
        let verdict: Verdict
        do throws(CommandFault) {
            verdict = try await process.verdict(on: request)
            // By its first answer it has read its file: one that was changed between our look and the start is found now.
            if isStarted { try check() }
        } catch {
            if error == .unbidden { state.withLock { $0.end = $0.end ?? .unbidden } }
            await discard(process)
            throw error
        }
        let isKept = state.withLock { state in
            if state.end == nil { state.idle.append(process) }
            return state.end == nil
        }
        if !isKept { await discard(process) }
        return verdict
    }

    /// A process that waits, or one that was started for it.
    private func take(isFresh: Bool) async throws(CommandFault) -> (process: CommandProcess, isStarted: Bool) {
        let (process, end) = state.withLock { state -> (CommandProcess?, CommandFault?) in
            guard state.end == nil, !isFresh, let process = state.idle.popLast() else { return (nil, state.end) }
            // What it says now would count as the answer to the next request.
            if process.isOutOfStep { state.end = .unbidden }
            return (process, state.end)
        }
        if let process, end == nil { return (process, false) }
        if let process { await discard(process) }
        if let end { throw end }
        try check()
        let started = state.withLock { state -> CommandProcess? in
            guard state.end == nil else { return nil }
            let process = start()
            state.all[ObjectIdentifier(process)] = process
            return process
        }
        guard let started else { throw state.withLock { $0.end } ?? .closed }
        return (started, true)
    }

    /// Looks at the program's file; once it is another, nothing more is asked.
    private func check() throws(CommandFault) {
        do throws(VerifierError) {
            try program.confirm()
        } catch {
            state.withLock { $0.end = $0.end ?? .notItself(error) }
            throw .notItself(error)
        }
    }

    private func discard(_ process: CommandProcess) async {
        await process.end()
        state.withLock { _ = $0.all.removeValue(forKey: ObjectIdentifier(process)) }
    }
}
