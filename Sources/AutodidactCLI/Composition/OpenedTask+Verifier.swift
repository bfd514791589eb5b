import Autodidact
import Reports
import Sandbox
import TaskLibrary

extension OpenedTask {
    /// Asks a user's own verifier about one blank response: one that only fails would else be found after hundreds of missing verdicts.
    ///
    /// - Throws: `BadInput` where it gives no verdict, whatever that would be; `CancellationError`.
    func tryVerifier(for console: Console) async throws {
        guard let own = family as? JSONLTask, let verifier = own.verifier as? CommandVerifier, let (line, problem) = own.problems.first
        else { return }
        let fault = await FirstVerdict.awaited(tell: console.note) {
            await verifier.fault(on: own.blank(for: problem) ?? "", for: problem)
        }
        try Task.checkCancellation()
        guard let fault else { return }
        let check = file.map { $0.checkCommand(path: own.file) } ?? "autodidact check"
        throw BadInput("\(own.file):\(line): no verdict on a blank response: \(fault); mend the verifier until '\(check)' passes")
    }
}

extension TaskFile {
    /// The command that examines the file as a run reads it; `path` is where it lies now, if elsewhere.
    func checkCommand(path: String? = nil) -> String {
        "autodidact check \(shellQuoted(path ?? self.path))" + options
    }

    /// The options by which a command reads the file as a run does.
    var options: String {
        CommandPlaces.option("--verifier", verifier)
            + CommandPlaces.option("--prompt-field", promptField) + CommandPlaces.option("--answer-field", answerField)
    }
}
