import Autodidact

/// The first verdict of a user's own program, before any work.
enum FirstVerdict {
    /// How long it is waited for in silence; a program may take much longer to start.
    static let patience = Duration.seconds(5)

    /// Asks for it; where it does not come soon, `tell` gets a line that says what may be the matter, while the waiting goes on.
    static func awaited<Result: Sendable>(
        patience: Duration = Self.patience, tell: @escaping @Sendable (String) -> Void, _ ask: () async -> Result
    ) async -> Result {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Sleep fails only where the answer came first.
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                tell("waiting for the verifier's first verdict (does it flush its output after each line?)")
            }
            let result = await ask()
            group.cancelAll()
            return result
        }
    }
}
