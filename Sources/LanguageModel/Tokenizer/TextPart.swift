/// A stretch of a text that a program and its users write together.
public enum TextPart: Hashable, Sendable {
    /// Written by the program: added tokens in it are recognised.
    case template(String)
    /// Written by a user or a model: always plain text, whatever it spells.
    case content(String)
}
