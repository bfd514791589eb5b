/// What the program of a `CommandVerifier` may take; none of it changes a verdict.
public struct CommandLimits: Sendable, Hashable, Codable {
    /// Time for one verdict, from the moment that the request is handed over.
    public var verdict: Duration
    /// Time besides for the first verdict of each process, in which it starts.
    public var start: Duration
    /// Bytes of a line that the program writes, its newline included.
    public var line: Int
    /// Processes at once; each judges one response at a time.
    public var workers: Int

    /// Limits for a script that needs some libraries.
    public init(verdict: Duration = .seconds(10), start: Duration = .seconds(60), line: Int = 64 << 10, workers: Int = 4) {
        self.verdict = verdict
        self.start = start
        self.line = line
        self.workers = workers
    }
}
