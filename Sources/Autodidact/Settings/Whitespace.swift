extension StringProtocol {
    /// The text without white space at either end.
    package var withoutOuterSpace: String {
        let isContent = { (character: Character) in !character.isWhitespace }
        guard let first = firstIndex(where: isContent), let last = lastIndex(where: isContent) else { return "" }
        return String(self[first...last])
    }
}
