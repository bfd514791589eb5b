/// Why a mathematical text or comparison came to no result.
enum MathFault: Error, Hashable, Sendable {
    /// The text is none that the parser knows, or has no value (a division by zero), or could mean two things.
    case unreadable
    /// A number, an exponent or a text is beyond what is looked at.
    case tooLarge
    /// The work that a comparison may take is used up.
    case tooMuchWork
}
