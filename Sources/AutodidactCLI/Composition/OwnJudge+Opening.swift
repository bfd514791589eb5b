import Autodidact
import Foundation
import Queries
import TaskLibrary

extension OwnJudge {
    /// The verifier of that name, with what it needs to judge.
    ///
    /// - Throws: `CommandVerifierError` for an executable that is none, `BadInput` for a pattern or a SQLite that does not do.
    init(_ name: OwnVerifier, programs: ProgramHost) throws {
        switch name {
        case .rule(let rule): self.init(rule)
        case .regex(let pattern):
            do {
                try self.init(pattern: pattern)
            } catch {
                throw BadInput("--verifier \(name): \(error)")
            }
        case .jsonSchema: self = .jsonSchema
        case .sql:
            do {
                self.init(queriesBy: try SQLiteRunner())
            } catch {
                throw BadInput("--verifier \(name): \(error)")
            }
        case .pythonTests: self.init(pythonTestsBy: programs.needed())
        case .command(let path): self.init(commandAt: path, try programs.verifier(executable: path))
        }
    }
}

extension OwnVerifier {
    /// The verifier that a word of the command line names; an executable's path is made one from any working directory.
    ///
    /// - Throws: `BadInput` with the nearest name where there is none.
    init(named word: String) throws(BadInput) {
        guard let verifier = OwnVerifier(word) else {
            if !word.contains("/") && FileManager.default.fileExists(atPath: word) {
                throw BadInput(
                    "there is no verifier '\(word)' for tasks from files; did you mean './\(word)'? (an executable is named by a path "
                        + "with a slash)")
            }
            let remedy =
                nearestName(to: word, among: Self.names).map { "; did you mean '\($0)'?" }
                ?? "; there are \(Self.names.inWords), regex:PATTERN, and executables by a path with a slash"
            throw BadInput("there is no verifier '\(word)' for tasks from files" + remedy)
        }
        guard case .command(let path) = verifier else {
            self = verifier
            return
        }
        self = .command(path: URL(fileURLWithPath: path).standardizedFileURL.path)
    }
}

extension [String] {
    /// The names, one after the other.
    fileprivate var inWords: String { joined(separator: ", ") }
}
