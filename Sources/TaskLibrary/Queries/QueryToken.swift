/// A piece of SQL, as far as its structure needs it told apart.
enum QueryToken: Sendable, Hashable {
    /// A bare word or a quoted name, in lower case.
    case word(String, isQuoted: Bool)
    case open
    case close
    /// Anything else: signs, numbers, texts.
    case other(Unicode.Scalar)

    /// The pieces of a text, comments and white space left out; what is not closed ends with the text.
    static func all(of text: String) -> [QueryToken] {
        let scalars = Array(text.unicodeScalars)
        var tokens: [QueryToken] = []
        var place = 0
        func at(_ index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
        func end(of closing: Unicode.Scalar, from start: Int) -> Int { scalars[start...].firstIndex(of: closing) ?? scalars.count }
        while let scalar = at(place) {
            switch scalar {
            case "-" where at(place + 1) == "-": place = end(of: "\n", from: place)
            case "/" where at(place + 1) == "*":
                place += 2
                while place < scalars.count, !(scalars[place] == "*" && at(place + 1) == "/") { place += 1 }
                place += 2
            case "'", "\"", "`", "[":
                // A doubled quote within makes two pieces of one, which changes nothing here.
                let last = min(end(of: scalar == "[" ? "]" : scalar, from: place + 1), scalars.count)
                let content = String(String.UnicodeScalarView(scalars[(place + 1)..<last]))
                tokens.append(scalar == "'" ? .other("'") : .word(content.lowercased(), isQuoted: true))
                place = last + 1
            case "(", ")":
                tokens.append(scalar == "(" ? .open : .close)
                place += 1
            case _ where isWord(scalar):
                let start = place
                while let next = at(place), isWord(next) { place += 1 }
                let isNumber = "0"..."9" ~= scalar
                let word = String(String.UnicodeScalarView(scalars[start..<place])).lowercased()
                tokens.append(isNumber ? .other("0") : .word(word, isQuoted: false))
            default:
                if !scalar.properties.isWhitespace { tokens.append(.other(scalar)) }
                place += 1
            }
        }
        return tokens
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ScalarSet.Class.word.contains(scalar) || scalar.value >= 0x80 && !scalar.properties.isWhitespace
    }

    /// Whether it is that keyword.
    func `is`(_ keyword: String) -> Bool { self == .word(keyword, isQuoted: false) }
}
