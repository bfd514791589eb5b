/// Function-level tests of a program, as HumanEval (arXiv:2107.03374) and MBPP (arXiv:2108.07732) state them.
///
/// The tests are the task author's: they never enter the process of the program that they judge.
public struct ProgramTests: Sendable, Hashable, Codable {
    /// The function that the tests call.
    public let entryPoint: String
    /// Source that stands before the response in the program, such as imports or the beginning of a function; may be empty.
    public let prelude: String
    /// Source that the tests need and the program does not see, such as imports or helpers; may be empty.
    public let setup: String
    /// The tests themselves: statements that call the entry point by its name or as `candidate`, or a function `check(candidate)`.
    public let tests: String

    /// Tests of the function `entryPoint`.
    public init(entryPoint: String, prelude: String = "", setup: String = "", tests: String) {
        self.entryPoint = entryPoint
        self.prelude = prelude
        self.setup = setup
        self.tests = tests
    }
}

/// What stands between a program that a model wrote and the machine it runs on; named in run records.
public enum Confinement: String, Sendable, Hashable, Codable {
    /// Namespaces, a system-call filter and limits around every program.
    case sandbox
    /// Limits alone: the program may read, write and send what its user may.
    case none
}

/// Runs programs that a model wrote: the part of a run's world that has child processes.
public protocol ProgramRunner: Sendable {
    /// What surrounds each program.
    var confinement: Confinement { get }

    /// Whether a program passes its tests.
    ///
    /// Total: never throws. A program that crashes, hangs, floods or lies is wrong; where the runner itself or the tests fail, the
    /// verdict is unscorable.
    func verdict(on program: String, under tests: ProgramTests) async -> Verdict
}
