public import Autodidact
import Foundation
import Texts

/// Judges responses by a program of the user's own, which answers each request, a line of JSON, with a line of JSON.
///
/// docs/VERIFIERS.md states the protocol. The program is trusted, as the rest of the user's machine is: it is not sandboxed. It gets
/// `PATH`, `HOME` and `LANG` and nothing else of Autodidact's environment, and the folder that Autodidact was started in.
///
/// Several processes of it work at a time. Which of them judges a response is left open, so a verdict must not depend on earlier
/// requests; then neither verdicts nor their order depend on timing. A request without a valid answer is asked once more, of a fresh
/// process; without one again the verdict is unscorable. Where the program's file has changed, no process of it is started or believed
/// any more, and `confirm()` ends the work.
public final class CommandVerifier: Verifier {
    /// The protocol's version, the program's name, and the first digits of the SHA-256 of its file, so that a changed one is noticed.
    public let version: String
    private let name: String
    private let pool: CommandPool

    /// The verifier that asks the program at a path, absolute or from the working folder; `close()` ends its processes.
    ///
    /// Nothing is started before the first verdict.
    /// - Throws: `CommandVerifierError` where there is no program that can be run.
    public init(executable path: String, limits: CommandLimits = CommandLimits()) throws(CommandVerifierError) {
        precondition(
            limits.workers > 0 && limits.line > 0 && limits.verdict > .zero && limits.start >= .zero, "limits that allow nothing: \(limits)"
        )
        let program = try CommandProgram(path)
        name = URL(fileURLWithPath: program.place).lastPathComponent.shown
        version = "command/1 \(name) \(program.digest.prefix(16))"
        let environment = Self.environment(from: ProcessInfo.processInfo.environment)
        pool = CommandPool(program, workers: limits.workers) {
            CommandProcess(program.place, environment: environment, limits: limits)
        }
    }

    /// What the program says; unscorable, with the program's fault, where it twice says nothing that is a verdict.
    public func verdict(on response: String, for problem: Problem) async -> Verdict {
        do throws(CommandFault) {
            let verdict = try await pool.verdict(on: CommandRequest(response, to: problem))
            if case .unscorable(let reason) = verdict { return .unscorable(reason: "\(name): \(reason)") }
            return verdict
        } catch {
            return .unscorable(reason: sentence(of: error))
        }
    }

    /// What the program does instead of giving a verdict, asked twice; nil where it gives one, whatever it is.
    ///
    /// A program may say that it cannot know, which is an answer; one that only fails is none, and is better found before the work.
    public func fault(on response: String, for problem: Problem) async -> String? {
        do throws(CommandFault) {
            _ = try await pool.verdict(on: CommandRequest(response, to: problem))
            return nil
        } catch {
            return sentence(of: error)
        }
    }

    private func sentence(of fault: CommandFault) -> String {
        "\(name) \(fault)" + (fault.isWorthAnotherTry ? ", and so again when asked once more" : "")
    }

    /// Whether every process of the program was started from the file that `version` names.
    ///
    /// - Throws: `VerifierError` where one would not have been; then nothing has been judged since.
    public func confirm() throws(VerifierError) { try pool.confirm() }

    /// Ends all processes of the program, those at work included, and waits until they are gone; later verdicts are unscorable.
    public func close() async { await pool.close() }

    /// What the program gets of an environment: enough to find interpreters and files, and no secrets.
    static func environment(from own: [String: String]) -> [String: String] { own.filter { ["PATH", "HOME", "LANG"].contains($0.key) } }
}
