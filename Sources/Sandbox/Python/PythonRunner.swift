public import Autodidact
import Foundation
import Synchronization

/// Judges Python programs by tests that they cannot reach.
///
/// Three processes take part, and only data moves between them. The program under test answers calls of its entry point, in a sandbox
/// that nothing ran in before and nothing runs in after. The tests run in another sandbox, which holds the verdict. Autodidact
/// stands between them: it hands a call's arguments to the one and the result to the other, as plain data without classes, and takes a
/// verdict from the second alone. So a program can return right values or wrong ones, and nothing else that it does is looked at, such as
/// what it prints; only that it is still there at the end, so that no child answers for it.
public final class PythonRunner: ProgramRunner {
    /// What surrounds each program.
    public let confinement: Confinement
    private let limits: SandboxLimits
    private let programs: InterpreterPool
    private let checkers: CheckerPool
    private let turnstile: Turnstile

    /// Where Python is in a sandbox, which has no other folders than the system's.
    public static let interpreter = "/usr/bin/python3"

    /// Isolated from settings and user's packages (-I, -S), and writing no caches (-B).
    private static let command = [interpreter, "-I", "-S", "-B", "-c"]

    /// A runner that keeps `waiting` interpreters started; `close()` ends them.
    ///
    /// - Parameter together: Programs that run at once. Others wait for their turn, so that a whole batch of responses neither fills the
    ///   memory nor eats into its own limits on the clock.
    /// - Throws: `SandboxError` where the system has no Python.
    public convenience init(
        _ sandbox: ProgramSandbox, limits: SandboxLimits = SandboxLimits(), waiting: Int = 4, together: Int = 4
    ) throws(SandboxError) {
        let start = Self.starting(in: sandbox, limits: limits)
        try self.init(sandbox, limits: limits, waiting: waiting, together: together, starting: start)
    }

    /// The same with interpreters that `start` starts.
    init(
        _ sandbox: ProgramSandbox, limits: SandboxLimits, waiting: Int, together: Int = 4,
        starting start: @escaping @Sendable () -> ChildProcess
    ) throws(SandboxError) {
        guard FileManager.default.isExecutableFile(atPath: Self.interpreter) else {
            throw .toolMissing(Self.interpreter, package: "python3")
        }
        var trusted = SandboxLimits()
        trusted.output = 64 << 20  // over its life: the calls of many programs
        trusted.processorTime = .seconds(60)
        trusted.memory = 1 << 30
        let checkerLimits = trusted
        confinement = sandbox.confinement
        self.limits = limits
        turnstile = Turnstile(together)
        programs = InterpreterPool(size: waiting, start: start)
        checkers = CheckerPool { sandbox.start(Self.command + [PythonSources.checker, sandbox.name], limits: checkerLimits) }
    }

    /// Starts an interpreter that waits for a program.
    static func starting(in sandbox: ProgramSandbox, limits: SandboxLimits) -> @Sendable () -> ChildProcess {
        { sandbox.start(command + [PythonSources.program, sandbox.name], limits: limits) }
    }

    /// Whether a program passes its tests; see `ProgramRunner`.
    public func verdict(on program: String, under tests: ProgramTests) async -> Verdict {
        // Whoever is no longer waited for starts nothing.
        guard await turnstile.enter() else { return .unscorable(reason: Trial.stopped) }
        defer { turnstile.leave() }
        return await judge(program, under: tests)
    }

    private func judge(_ program: String, under tests: ProgramTests) async -> Verdict {
        guard let order = ProgramOrder(program, under: tests) else {
            return .unscorable(reason: "'\(tests.entryPoint.prefix(60))' is no name of a function")
        }
        do throws(SandboxError) {
            let checker = try await checkers.take()
            let taken: ChildProcess?
            do throws(SandboxError) {
                taken = try await programs.take(for: order)
            } catch {
                await checkers.giveBack(checker, isIntact: true)
                throw error
            }
            guard let process = taken else {
                await checkers.giveBack(checker, isIntact: true)
                return .unscorable(reason: Trial.stopped)
            }
            let trial = Trial(program: process, checker: checker, limits: limits)
            let (verdict, isIntact) = await trial.verdict(under: tests)
            // A program's sandbox is killed whatever became of it, before its verdict counts.
            await process.end()
            await checkers.giveBack(checker, isIntact: isIntact)
            return verdict
        } catch {
            return .unscorable(reason: error.description)
        }
    }

    /// Ends all interpreters and waits until they are gone.
    public func close() async {
        await programs.close()
        await checkers.close()
    }
}
