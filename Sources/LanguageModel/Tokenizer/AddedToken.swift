/// A token that stands for one fixed text and is never the result of a merge.
public struct AddedToken: Hashable, Sendable {
    /// Its place in the vocabulary.
    public let id: Int32
    /// Its text.
    public let content: String
    /// Whether it is a mark for the model rather than text: decoding leaves it out by default.
    public let isSpecial: Bool
    /// Whether it is recognised only where no word character stands beside it (`single_word`).
    public let isSingleWord: Bool
    /// Whether it takes in the white space before it (`lstrip`).
    public let takesSpaceBefore: Bool
    /// Whether it takes in the white space after it (`rstrip`).
    public let takesSpaceAfter: Bool
    /// Whether it is looked for in the normalised text (`normalized`).
    public let isNormalized: Bool

    /// A token with its place, text and kind.
    public init(
        id: Int32, content: String, isSpecial: Bool, isSingleWord: Bool = false, takesSpaceBefore: Bool = false,
        takesSpaceAfter: Bool = false, isNormalized: Bool = false
    ) {
        self.id = id
        self.content = content
        self.isSpecial = isSpecial
        self.isSingleWord = isSingleWord
        self.takesSpaceBefore = takesSpaceBefore
        self.takesSpaceAfter = takesSpaceAfter
        self.isNormalized = isNormalized
    }
}
