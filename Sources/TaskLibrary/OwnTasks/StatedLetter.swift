/// The letter that a response to a multiple-choice question settles on.
///
/// The first of these that holds decides; where none does, or it names several letters, no letter is stated:
///
/// 1. the whole response is one letter, in either case: `B`, `(b)`, `**B**.`;
/// 2. the last `answer is B`, `answer: (B)`, `option B` or `\boxed{B}`, unless another letter follows, as in `A or B`;
/// 3. all lines that hold nothing but a capital letter hold the same one;
/// 4. the response is one line that begins with a marked capital letter, `B) Paris`, and marks no other.
enum StatedLetter {
    /// The letter in upper case; nil where none is stated.
    static func find(in response: String) -> Character? {
        if let letter = bare(response[...]) { return Character(letter.uppercased()) }
        if let letter = announced(in: response) { return letter }
        let lines = response.split(whereSeparator: \.isNewline)
        let alone = Set(lines.compactMap(bare).filter(\.isUppercase))
        if !alone.isEmpty { return alone.count == 1 ? alone.first : nil }
        let marked = lines.count == 1 ? self.marked(in: lines[0]) : []
        return marked.count == 1 ? marked[0] : nil
    }

    private static let marks: Set<Character> = ["(", ")", "[", "]", "{", "}", "*", "_", "`", "\"", "'", ".", ":", ",", "$"]

    /// The only ASCII letter of a text that else has only marks and white space around it.
    private static func bare(_ text: Substring) -> Character? {
        let outer = { (character: Character) in character.isWhitespace || marks.contains(character) }
        guard let first = text.firstIndex(where: { !outer($0) }), let last = text.lastIndex(where: { !outer($0) }), first == last,
            isLetter(text[first])
        else { return nil }
        return text[first]
    }

    /// The letter of the last announcement; nil where that one goes on to another letter.
    private static func announced(in response: String) -> Character? {
        let words = words(of: response)
        // The first word from each place on that is not passed over: found from the end, so that a long run of them is walked once.
        var next = Array(0...words.count)
        for index in words.indices.reversed() where ["is", "the", "option", "choice", "letter", "boxed", "text"].contains(words[index]) {
            next[index] = next[index + 1]
        }
        var found: Character?
        for (index, word) in words.enumerated() where ["answer", "option", "choice", "boxed"].contains(word.lowercased()) {
            let rest = words[next[index + 1]...]
            guard let letter = capital(rest.first) else { continue }
            let next = rest.dropFirst().first
            if capital(next) != nil || next == "or" || next == "and" {
                found = nil
            } else if !"AI".contains(letter) || next?.first?.isLowercase != true || ["because", "since", "as"].contains(next) {
                // Not the article of "the answer is A dog".
                found = letter
            }
        }
        return found
    }

    /// The letter of a word that is one capital letter.
    private static func capital(_ word: Substring?) -> Character? {
        guard let word, word.count == 1, let letter = word.first, isLetter(letter), letter.isUppercase else { return nil }
        return letter
    }

    /// Words and numbers, with an apostrophe counted as part of the word, and an end of sentence as a word of its own.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start: String.Index?
        for place in text.indices {
            let character = text[place]
            if character.isLetter || character.isNumber || character == "'" || character == "’" {
                start = start ?? place
                continue
            }
            if let begun = start { words.append(text[begun..<place]) }
            start = nil
            if ".?!\n".contains(character) { words.append(text[place...place]) }
        }
        if let start { words.append(text[start...]) }
        return words
    }

    /// The capital letters that are written `B)`, `(B)`, `B.` or `B:`, where the line begins with one.
    private static func marked(in line: Substring) -> [Character] {
        let pieces = line.split(separator: " ")
        let letters = pieces.map { piece -> Character? in
            guard let last = piece.last, ").:".contains(last), let letter = bare(piece), letter.isUppercase else { return nil }
            return letter
        }
        guard let first = letters.first, first != nil else { return [] }
        return letters.compactMap(\.self)
    }

    private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
}
