import Foundation

/// What a child comes to.
extension ChildProcess {
    /// Far more than a start takes on a busy machine.
    private static let startLimit = Duration.seconds(60)

    /// Whether what held it was ended from outside; ends it.
    var isLost: Bool {
        get async {
            guard case .success(.lost) = await end() else { return false }
            return true
        }
    }

    /// Waits for the line that proves that the sandbox stands.
    func awaitReady() async throws(SandboxError) {
        let reading = await output.line(within: Self.startLimit)
        guard reading != .line(Self.ready) else { return }
        // Where it ended by itself, its errors are read to their end first: they say why.
        if reading != .closed { stop() }
        let result = await life.result
        var reason = errors.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if reading == .late { reason = "nothing happened for \(Self.startLimit)" }
        if reason.isEmpty { reason = "it ended at once: \(result)" }
        throw .startFailed(reason: String(reason.prefix(400)))
    }

    /// Lets the program run to its end, or to its limit.
    func result(within limit: Duration) async -> SandboxedProgram {
        let start = ContinuousClock.now
        var reading = await output.end(within: limit)
        if reading == .closed { reading = await errors.end(within: limit - (.now - start)) }
        if reading != .closed { stop() }
        let ending: SandboxedProgram.Ending
        switch (reading, await life.result) {
        case (.late, _): ending = .timedOut
        case (_, _) where reading == .flooded || output.isFlooded || errors.isFlooded: ending = .flooded
        case (_, .success(let own)): ending = own
        case (_, .failure): ending = .signalled(SIGKILL)
        }
        return SandboxedProgram(ending: ending, output: output.text, errors: errors.text)
    }
}
