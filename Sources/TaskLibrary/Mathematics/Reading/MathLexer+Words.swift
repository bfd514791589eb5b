extension MathLexer {
    /// Reads a run of letters: a function, a unit, a word, or letters that are multiplied.
    mutating func letters() {
        let start = position
        while let scalar = self[0], "a"..."z" ~= scalar || "A"..."Z" ~= scalar { position += 1 }
        let run = String(String.UnicodeScalarView(scalars[start..<position]))
        let small = run.lowercased()
        let follows = tokens.last?.number != nil && !isApart
        if ["a", "p"].contains(small), self[0] == ".", let next = self[1], next == "m" || next == "M" {
            position += self[2] == "." ? 3 : 2
            emit(.word(small + "m"))
        } else if follows && ["st", "nd", "rd", "th"].contains(small) {
            emit(.word("th"))
        } else if let name = MathSpelling.names[run] {
            nameToken(name)
        } else if run.count == 1 {
            // Letters of multiple choice stay letters.
            emit(isText && !("A"..."H" ~= run) ? .word(small) : .letter(run))
        } else if isText || MathSpelling.words.contains(small) || MathUnit.isKnown(small) || run.count > 3 || run == run.uppercased() {
            if !isText, let (name, letter) = callWithoutSpace(run) {
                mark(name)
                emit(.letter(letter))
            } else {
                emit(.word(small))
            }
        } else {
            for letter in run { emit(.letter(String(letter))) }
        }
    }

    /// A function with one letter behind it, as in `sinx`.
    private func callWithoutSpace(_ run: String) -> (name: String, letter: String)? {
        guard let last = run.last, let name = MathSpelling.names[String(run.dropLast())], MathFunction.names.contains(name) else {
            return nil
        }
        return (name, String(last))
    }

    /// Reads a backslash and what it commands.
    mutating func command() throws(MathFault) {
        position += 1
        let start = position
        while let scalar = self[0], "a"..."z" ~= scalar || "A"..."Z" ~= scalar { position += 1 }
        guard position > start else { return try escaped() }
        let name = String(String.UnicodeScalarView(scalars[start..<position]))
        if MathSpelling.ignored.contains(name) {
            if name.hasSuffix("quad") { isApart = true }
            // A bracket without a sign, as in `\left.`
            if ["left", "right"].contains(name) && self[0] == "." { position += 1 }
        } else if MathSpelling.textCommands.contains(name) {
            try text()
        } else if name == "begin" || name == "end" {
            let words = try inner(isText: true).compactMap(\.word)
            // The columns of an array are not looked at.
            if name == "begin" && words == ["array"] { _ = try inner(isText: true) }
            mark(name + " " + words.joined())
        } else if name == "mathbb" {
            let letters = try inner(isText: false).map(\.text).joined()
            mark("set " + letters)
        } else if name == "boxed" || name == "fbox" {
            append(try inner(isText: false))
        } else if let known = MathSpelling.commands[name] {
            if known == "lbrace" || known == "rbrace" { brackets += known == "lbrace" ? 1 : -1 }
            nameToken(known)
            takesDigit = known == "frac" || known == "sqrt"
        } else if MathSpelling.letters.contains(name) {
            emit(.letter(name))
        } else {
            mark("\\" + name)
        }
    }

    /// A backslash before a sign.
    private mutating func escaped() throws(MathFault) {
        guard let scalar = self[0] else { throw .unreadable }
        position += 1
        switch scalar {
        case "{", "}":
            brackets += scalar == "{" ? 1 : -1
            mark(scalar == "{" ? "lbrace" : "rbrace")
        case "\\": mark("newline")
        case "%": mark("%")
        case "$": mark("dollar")
        case "|": mark("|")
        case ",", ";", ":", " ": isApart = true
        case "!", "(", ")", "[", "]", "/": break
        default: mark("\\" + String(scalar))
        }
    }

    /// The content of `\text{…}`: nothing, one letter, or words with numbers and signs between them.
    private mutating func text() throws(MathFault) {
        let inner = try inner(isText: true)
        isApart = true
        if inner.count == 1, let word = inner[0].word, word == "e" || word == "i" || word == "x" || word == "y" {
            emit(.letter(word))
        } else {
            append(inner)
            isApart = true
        }
    }

    private mutating func append(_ inner: [MathToken]) {
        for (index, token) in inner.enumerated() {
            isApart = index == 0 ? isApart : token.isApart
            emit(token.kind)
        }
    }
}
