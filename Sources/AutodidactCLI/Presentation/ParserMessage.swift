import Autodidact
import Foundation

/// What the argument parser and the system say, told as this program tells its own errors.
enum ParserMessage {
    private static let unknownOption = "Unknown option '"
    private static let suggestion = "'. Did you mean '"

    /// A message of the argument parser; a suggestion stands only where it is near, which the parser does not ask of short options.
    static func text(_ message: String) -> String {
        let parts = message.components(separatedBy: suggestion)
        guard parts.count == 2, parts[0].hasPrefix(unknownOption), parts[1].hasSuffix("'?") else { return lowercased(message) }
        let option = parts[0].dropFirst(unknownOption.count), known = parts[1].dropLast(2)
        let isNear = nearestName(to: bare(option), among: [bare(known)]) != nil
        return lowercased(parts[0]) + (isNear ? "'; did you mean '\(known)'?" : "'")
    }

    /// A sentence that begins with a word of prose, with a small first letter; for what never begins with a name or a path.
    static func lowercased(_ sentence: String) -> String {
        guard let first = sentence.first, let second = sentence.dropFirst().first, second.isLowercase || second == " " else {
            return sentence
        }
        return first.lowercased() + sentence.dropFirst()
    }

    /// An option without its dashes, which all options share.
    private static func bare(_ option: Substring) -> String { String(option.drop { $0 == "-" }) }
}
