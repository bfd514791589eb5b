import Autodidact

/// Texts that end a completion, found in tokens.
struct StopStrings {
    private let strings: [String]
    private let longest: Int
    private let text: any RemoteText

    init(_ strings: [String], text: any RemoteText) {
        (self.strings, self.text) = (strings, text)
        longest = strings.map(\.utf8.count).max() ?? 0
    }

    /// How many tokens there are up to and with the first that completes a stop string; nil where none does.
    func end(in tokens: [TokenID]) -> Int? {
        guard !strings.isEmpty else { return nil }
        for count in tokens.indices.map({ $0 + 1 }) {
            // As many tokens as the longest string has bytes: each token is one at least.
            let tail = text.decode(Array(tokens[..<count].suffix(longest)))
            if strings.contains(where: { tail.contains($0) }) { return count }
        }
        return nil
    }
}
