/// Where and why a text is not the JSON that this module accepts.
struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    let line: Int
    /// In bytes from the start of the text.
    let offset: Int
    let reason: String

    var description: String { "line \(line), byte \(offset): \(reason)" }
}
