/// A token that stands for one fixed text and is never the result of a merge.
public struct AddedToken: Hashable, Sendable {
    /// Its place in the vocabulary.
    public let id: Int32
    /// Its text.
    public let content: String
    /// Whether it is a mark for the model rather than text: decoding leaves it out by default.
    public let isSpecial: Bool

    /// A token with its place, text and kind.
    public init(id: Int32, content: String, isSpecial: Bool) {
        self.id = id
        self.content = content
        self.isSpecial = isSpecial
    }
}
