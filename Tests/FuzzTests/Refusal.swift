import Autodidact
import Backends
import LanguageModel
import Remote
import RunStore

@testable import AutodidactCLI
@testable import Sandbox
@testable import Serving
@testable import TaskLibrary

/// What every error must be that an input from outside causes: typed, of bounded length, on one line, with the place of the fault.
enum Refusal {
    /// The most bytes of a message.
    static let longest = 2_000

    /// What is wrong with a refusal; nil where nothing is.
    static func fault(of error: any Error, places: [String]) -> String? {
        if let violation = error as? Violation { return violation.description }
        guard isTyped(error) else { return "an error of type \(type(of: error)) came out: \(String("\(error)".prefix(200)))" }
        let text = "\(error)"
        if text.isEmpty { return "the refusal \(type(of: error)) says nothing" }
        if text.utf8.count > longest {
            return "the refusal has \(text.utf8.count) bytes: \(String(String.UnicodeScalarView(text.unicodeScalars.prefix(300))))"
        }
        let controls: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
        if let scalar = text.unicodeScalars.first(where: { controls.contains($0.properties.generalCategory) || $0.properties.isBidiControl }
        ) {
            return "the refusal holds the control character \(scalar.value): \(text.debugDescription.prefix(300))"
        }
        // Byte by byte: a combining character behind a quote makes another character of it.
        let bytes = Array(text.utf8)
        let isPlaced = places.isEmpty || places.contains { bytes.firstRange(of: Array($0.utf8)) != nil }
        return isPlaced ? nil : "the refusal names none of \(places): \(text)"
    }

    private static func isTyped(_ error: any Error) -> Bool {
        switch error {
        case is SettingsError, is OwnTaskError, is UnknownTask, is SafetensorsError, is ConfigurationError, is TokenizerError,
            is ConversationError, is AdapterError, is ModelDirectoryError, is StoreError, is DiskError, is EmbeddedPolicyError,
            is ComparisonError, is CommandAnswerError, is BadInput,
            is ListenAddressError, is SecretError, is RequestRefused, is PatternFault, is OpenAIError, is APIError:
            true
        default: false
        }
    }
}
