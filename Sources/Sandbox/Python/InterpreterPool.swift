import Synchronization

/// Interpreters that are started and wait for a program, each in a sandbox of its own that is thrown away after it.
///
/// Starting one takes far longer than a short program: while some run, others start. None is ever used twice.
final class InterpreterPool: Sendable {
    private struct State {
        var waiting: [Task<ChildProcess, any Error>] = []
        var isClosed = false
    }

    private let size: Int
    private let handoverLimit: Duration
    private let start: @Sendable () -> ChildProcess
    private let state = Mutex(State())

    /// A pool that keeps `size` interpreters waiting; `start` starts one, which says so when it is ready.
    ///
    /// - Parameter handoverLimit: Far more than reading a program takes on a busy machine; the program's own clock begins after it.
    init(size: Int, handoverLimit: Duration = .seconds(60), start: @escaping @Sendable () -> ChildProcess) {
        self.size = max(1, size)
        self.handoverLimit = handoverLimit
        self.start = start
        fill()
    }

    /// How many that were ended while they waited are passed over.
    private static let mostLost = 16
    /// How many interpreters a program is handed to before the machine is at fault.
    private static let mostHandovers = 2

    /// An interpreter that has the program, and says so before it looks into it; nil where the task was cancelled; the caller ends it.
    ///
    /// One that ended without saying so never began with the program, so that its end is not the program's doing: the program goes to one
    /// more. The program cannot forge that, because what was said before it ran stays said: it can only end what would be read after it.
    /// - Throws: `SandboxError` where none could be started, or two in a row did not take it.
    func take(for order: ProgramOrder) async throws(SandboxError) -> ChildProcess? {
        var faults: [String] = []
        for _ in 0..<Self.mostHandovers {
            let process = try await take()
            process.send(order.bytes)
            let reading = await process.output.line(within: handoverLimit)
            // Nothing but a program fills the errors, and then what came at its output may have been left unread.
            if reading == .line(PythonSources.taken) || process.errors.isFlooded { return process }
            await process.end()
            if reading == .late && Task.isCancelled { return nil }
            faults.append(fault(reading))
        }
        throw .startFailed(
            reason: "\(Self.mostHandovers) interpreters in a row did not take their program: one \(faults.joined(separator: ", one "))")
    }

    /// A fresh interpreter that is ready, the one that has waited longest; the caller ends it.
    ///
    /// One that somebody ended while it waited, such as the system for want of memory, is no program's fault: another is taken.
    /// - Throws: `SandboxError` where none could be started.
    func take() async throws(SandboxError) -> ChildProcess {
        for _ in 0..<Self.mostLost {
            let process = try await longestWaiting()
            if !process.output.isClosed { return process }
            await process.end()
        }
        throw .startFailed(reason: "interpreters that wait for a program are ended from outside")
    }

    /// What one did that did not take its program.
    private func fault(_ reading: OutputBuffer.Reading) -> String {
        switch reading {
        case .closed: "ended"
        case .late: "said nothing for \(handoverLimit)"
        case .line, .flooded: "said something else"
        }
    }

    private func longestWaiting() async throws(SandboxError) -> ChildProcess {
        let first = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        fill()
        do {
            return try await (first ?? starting()).value
        } catch let error as SandboxError {
            throw error
        } catch {
            throw .startFailed(reason: "\(error)")
        }
    }

    /// Ends all that wait, and waits until they are gone.
    func close() async {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isClosed = true
            return state.waiting
        }
        for interpreter in waiting {
            guard case .success(let process) = await interpreter.result else { continue }
            await process.end()
        }
    }

    private func fill() {
        state.withLock { state in
            guard !state.isClosed else { return }
            while state.waiting.count < size { state.waiting.append(starting()) }
        }
    }

    private func starting() -> Task<ChildProcess, any Error> {
        Task { [start] in
            let process = start()
            do {
                try await process.awaitReady()
            } catch {
                await process.end()
                throw error
            }
            return process
        }
    }
}
