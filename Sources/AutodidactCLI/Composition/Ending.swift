import ArgumentParser
import Autodidact
import Backends
import Foundation
import LanguageModel
import Recipes
import Remote
import RunStore
import Sandbox
import Studies
import TaskLibrary

/// How the program ends after an error: with which text, where, and with which exit code.
struct Ending {
    private let code: Int32
    private let text: String

    /// The ending that an error asks for; `arguments` are those of the command line.
    init(of error: any Error, arguments: [String] = []) {
        if let exit = error as? ExitCode {
            (code, text) = (exit.rawValue, "")
        } else if error is CancellationError {
            (code, text) = (Self.interrupted, "error: interrupted")
        } else if let own = Self.code(of: error) {
            let remedy = ConversationHelp.remedy(for: error, words: arguments).map { " " + $0 } ?? ""
            (code, text) = (own, "error: " + Self.sentence(of: error) + remedy)
        } else if AutodidactCommand.exitCode(for: error) == .success {
            (code, text) = (0, AutodidactCommand.fullMessage(for: error))
        } else if AutodidactCommand.exitCode(for: error) == .validationFailure {
            (code, text) = (Self.badInput, "error: " + Self.usageSentence(of: error, arguments: arguments))
        } else {
            (code, text) = (Self.workFailed, "error: " + Self.sentence(of: error))
        }
    }

    static let workFailed: Int32 = 1
    static let badInput: Int32 = 2
    static let interrupted: Int32 = 130

    /// Whether somebody stopped the work, so that nothing has failed.
    static func isInterruption(_ error: any Error) -> Bool {
        error is CancellationError || (error as? ExitCode)?.rawValue == interrupted
    }

    /// Prints the text and ends the program.
    func leave() -> Never {
        if !text.isEmpty {
            let stream = code == 0 ? FileHandle.standardOutput : FileHandle.standardError
            // The program is ending: there is nowhere left to report that its last words were lost.
            try? stream.write(contentsOf: Data((text + "\n").utf8))
        }
        exit(code)
    }

    /// The code of errors that are known here; nil for those of the argument parser and of the system.
    private static func code(of error: any Error) -> Int32? {
        switch error {
        case is BadInput, is SettingsError, is UnknownRecipe, is UnknownTask, is UnknownStudy, is OwnTaskError, is RecipeMismatch,
            is LoopError, is FinishedRun, is RunLedgerError, is ComparisonError, is CommandVerifierError:
            badInput
        case let error as ModelDirectoryError: error.isOfWriting ? workFailed : badInput
        case let error as AdapterError: error.isOfWriting ? workFailed : badInput
        case is ConversationError: badInput
        case let error as TinkerError: error.isOfInput ? badInput : workFailed
        case let error as OpenAIError: error.isOfInput ? badInput : workFailed
        case let error as RolloutError: error.isOfInput ? badInput : workFailed
        case let error as StoreError: error.isBadInput ? badInput : workFailed
        case is WorkFailed, is StudyError, is WorkshopError, is VerifierError, is SearchError, is EmbeddedPolicyError, is DiskError,
            is SafetensorsError, is SandboxError:
            workFailed
        default: nil
        }
    }

    /// What the user is told of an error, on one line.
    static func sentence(of error: any Error) -> String {
        oneLine(error is CocoaError || error is POSIXError ? ParserMessage.lowercased(error.localizedDescription) : "\(error)")
    }

    /// What the argument parser says, with the help of the very command.
    private static func usageSentence(of error: any Error, arguments: [String]) -> String {
        let command = CommandLineWords(arguments).commands.map { " " + $0 }.joined()
        let message = ParserMessage.text(oneLine(AutodidactCommand.message(for: error)))
        return message + (message.hasSuffix("?") || message.hasSuffix(".") ? " See" : "; see") + " 'autodidact\(command) --help'"
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    }
}

/// Wrong usage or bad input that no other part has an error for.
struct BadInput: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Work that failed for a reason that no other part has an error for.
struct WorkFailed: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ModelDirectoryError {
    /// Whether a model could not be written, which is no fault of the input.
    fileprivate var isOfWriting: Bool {
        switch self {
        case .configuration(.unwritable), .tokenizer(.unwritable), .weights(.unwritable), .conversation(.unwritable): true
        default: false
        }
    }
}

extension AdapterError {
    /// Whether an adapter could not be written, which is no fault of the input.
    fileprivate var isOfWriting: Bool {
        switch self {
        case .unwritable, .weights(.unwritable): true
        default: false
        }
    }
}

extension TinkerError {
    /// Whether another command line or setting would have been needed.
    fileprivate var isOfInput: Bool {
        switch self {
        case .unsupported, .keyInClear, .request: true
        default: false
        }
    }
}

extension OpenAIError {
    /// Whether another command line or setting would have been needed.
    fileprivate var isOfInput: Bool {
        switch self {
        case .unsupported, .keyInClear, .request, .refused(_, 404, _): true
        default: false
        }
    }
}

extension StoreError {
    /// Whether another command line, or another store, would have been needed.
    fileprivate var isBadInput: Bool {
        switch self {
        case .disk, .cannotOpen, .diskFull, .database, .runInUse, .outOfOrder, .contradiction, .archiveDiffers: false
        default: true
        }
    }
}
