/// Cuts LaTeX or plain mathematical text into tokens; spellings of the same sign become one.
struct MathLexer {
    let scalars: [Unicode.Scalar]
    var position = 0
    var tokens: [MathToken] = []
    /// Whether runs of letters are words, as in `\text{…}`.
    let isText: Bool
    /// Brackets that are open, in which a comma separates.
    var brackets = 0
    var isApart = false
    /// Whether a command of TeX that takes one digit stands right before.
    var takesDigit = false
    private let isCurrency: Bool
    private let depth: Int

    /// The longest text that is read, in Unicode scalars.
    static let longestText = 2_000

    /// The tokens of a text.
    static func tokens(of text: some StringProtocol) throws(MathFault) -> [MathToken] {
        let scalars = Array(text.unicodeScalars.prefix(longestText + 1))
        guard scalars.count <= longestText else { throw .tooLarge }
        var lexer = MathLexer(scalars, isText: false, depth: 0)
        try lexer.run()
        return lexer.tokens
    }

    init(_ scalars: [Unicode.Scalar], isText: Bool, depth: Int) {
        (self.scalars, self.isText, self.depth) = (scalars, isText, depth)
        // An odd number of dollar signs cannot all delimit mathematics.
        let dollars = scalars.indices.filter { scalars[$0] == "$" && ($0 == 0 || scalars[$0 - 1] != "\\") }.count
        isCurrency = !dollars.isMultiple(of: 2)
    }

    subscript(offset: Int) -> Unicode.Scalar? {
        scalars.indices.contains(position + offset) ? scalars[position + offset] : nil
    }

    mutating func emit(_ kind: MathToken.Kind) {
        tokens.append(MathToken(kind: kind, isApart: isApart))
        (isApart, takesDigit) = (false, false)
    }

    mutating func mark(_ name: String) { emit(.mark(name)) }

    private mutating func run() throws(MathFault) {
        while let scalar = self[0] {
            if scalar.properties.isWhitespace || scalar == "~" {
                isApart = true
                position += 1
            } else if scalar == "\\" {
                try command()
            } else if "0"..."9" ~= scalar || scalar == "." && (self[1].map { "0"..."9" ~= $0 } ?? false) {
                try number()
            } else if "a"..."z" ~= scalar || "A"..."Z" ~= scalar {
                letters()
            } else {
                sign(scalar)
            }
        }
    }

    private mutating func sign(_ scalar: Unicode.Scalar) {
        position += 1
        switch scalar {
        case "$":
            // A delimiter of mathematics, or of money before a number.
            if isCurrency && tokens.isEmpty { mark("dollar") }
        case ".":
            if self[0] == "." && self[1] == "." {
                position += 2
                mark("...")
            } else if !isEnd {
                mark(".")
            }
        case "(", "[":
            brackets += 1
            mark(String(scalar))
        case ")", "]":
            brackets -= 1
            mark(String(scalar))
        case "*" where self[0] == "*" && !isText:
            // Markdown at the ends, a power between.
            position += 1
            if !tokens.isEmpty && position < scalars.count { mark("^") }
        case "<" where self[0] == "=", ">" where self[0] == "=", "!" where self[0] == "=":
            position += 1
            mark(scalar == "<" ? "≤" : scalar == ">" ? "≥" : "≠")
        default:
            guard let names = MathSpelling.signs[scalar] else {
                mark(String(scalar))
                return
            }
            for name in names { if let digits = WrittenNumber(digits: name) { emit(.number(digits)) } else { nameToken(name) } }
        }
    }

    /// Whether nothing follows but what may stand behind the last point.
    private var isEnd: Bool {
        scalars[position...].allSatisfy { $0.properties.isWhitespace || "$.}*".unicodeScalars.contains($0) }
    }

    /// A command or sign by its one name: a letter for Greek ones.
    mutating func nameToken(_ name: String) {
        if MathSpelling.letters.contains(name) { emit(.letter(name)) } else { mark(name) }
    }

    /// Reads what stands between braces as a text of its own, of words if `isText`.
    mutating func inner(isText: Bool) throws(MathFault) -> [MathToken] {
        guard depth < 4 else { throw .tooLarge }
        while self[0]?.properties.isWhitespace == true { position += 1 }
        guard self[0] == "{" else { throw .unreadable }
        let start = position + 1
        var open = 0
        repeat {
            if self[0] == "\\" { position += 1 } else if self[0] == "{" { open += 1 } else if self[0] == "}" { open -= 1 }
            position += 1
        } while open > 0 && position < scalars.count
        guard open == 0 else { throw .unreadable }
        var lexer = MathLexer(Array(scalars[start..<(position - 1)]), isText: isText, depth: depth + 1)
        lexer.brackets = brackets
        try lexer.run()
        return lexer.tokens
    }
}
