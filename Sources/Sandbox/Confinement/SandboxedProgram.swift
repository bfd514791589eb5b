/// How a program ended and what it wrote: data, whatever it did.
public struct SandboxedProgram: Sendable, Hashable {
    /// How it ended.
    public enum Ending: Sendable, Hashable {
        /// By itself, with this code; in a sandbox a signal's end reads as 128 + its number, as shells have it.
        ///
        /// The program chooses its code: no verdict may rest on it.
        case exited(Int32)
        /// By a signal.
        case signalled(Int32)
        /// It was stopped at the limit on the clock.
        case timedOut
        /// It was stopped because it wrote more than it may.
        case flooded
        /// What held it without a sandbox was ended from outside: nothing is known of the program.
        case lost
    }

    /// How it ended.
    public let ending: Ending
    /// What it wrote to its output, as far as the limit; bytes that are no UTF-8 are replaced.
    public let output: String
    /// What it wrote to its errors, as far as the limit.
    public let errors: String

    /// Whether the limit on processor time stopped it.
    public var ranOutOfProcessorTime: Bool { ending == .exited(128 + 24) || ending == .exited(128 + 9) || ending == .signalled(24) }
}
