import Autodidact
import Synchronization
import Texts

/// One process of a verifier's program, which judges one response at a time.
final class CommandProcess: Sendable {
    private let child: ChildProcess
    private let limits: CommandLimits
    private let isFresh = Mutex(true)

    /// Kept of what it writes to its errors.
    private static let errorsKept = 4 << 10
    /// For the last words of a process that ended, and for its own end where its input ends.
    private static let farewell = Duration.seconds(2)

    /// Starts the program at an absolute path, in the folder that Autodidact runs in.
    init(_ path: String, environment: [String: String], limits: CommandLimits) {
        self.limits = limits
        child = ChildProcess(
            [path], environment: environment, folder: nil, hold: .group, output: OutputBuffer(unread: limits.line),
            errors: OutputBuffer(latest: Self.errorsKept))
    }

    /// Whether it wrote something that nobody has asked for.
    var isOutOfStep: Bool { child.output.hasUnread }

    /// The verdict on a response.
    ///
    /// - Throws: `CommandFault`; then the process is of no more use.
    func verdict(on request: CommandRequest) async throws(CommandFault) -> Verdict {
        let isFirst = isFresh.withLock { isFresh in
            defer { isFresh = false }
            return isFresh
        }
        let limit = isFirst ? limits.start + limits.verdict : limits.verdict
        child.send(request.line)
        switch await child.output.line(within: limit) {
        case .line(let line):
            let answer: CommandAnswer
            do {
                answer = try CommandAnswer(line, id: request.id)
            } catch {
                if case .otherID = error { throw .unbidden }
                throw .notAVerdict(error)
            }
            if isOutOfStep { throw .outOfStep }
            return answer.verdict
        case .late:
            if Task.isCancelled { throw .cancelled }
            throw .late(limit: limit, unfinished: child.output.text, errors: child.errors.text)
        case .flooded: throw .tooLong(limit: limits.line)
        case .closed:
            _ = await child.errors.end(within: Self.farewell)
            let how =
                switch await child.end() {
                case .success(.exited(let code)): "ended with code \(code)"
                case .success(.signalled(let signal)): "was ended by signal \(signal)"
                case .success(let other): "ended: \(other)"
                case .failure(let error): "could not be started, or not be followed, \("\(error)".shown),"
                }
            throw .ended(how: how, unfinished: child.output.text, errors: child.errors.text)
        }
    }

    /// Kills it with its process group; done at once, waited for by `end()`.
    func stop() { child.stop() }

    /// Kills it with its process group and waits until it is gone.
    func end() async { await child.end() }

    /// Tells a process that waits for a request that none will come, so that it may end by itself.
    func dismiss() { child.finishInput() }

    /// Waits a little for the end of a dismissed process, then ends what is left of it.
    func endDismissed() async {
        _ = await child.output.end(within: Self.farewell)
        await child.end()
    }
}
