extension MathParser {
    /// A value with its exponent, factorials and index.
    mutating func factor() throws(MathFault) -> MathNode {
        var node = try primary()
        var count = 0
        while true {
            if isAt("^") && !isDegree && !isOrdinal {
                guard count == 0 else { throw .unreadable }
                position += 1
                count += 1
                node = .power(node, try exponent())
            } else if isAt("!") {
                position += 1
                guard !isAt("!"), count < 2 else { throw .unreadable }
                count += 2
                node = .call("factorial", [node])
            } else {
                return node
            }
        }
    }

    /// Whether a degree sign stands as an exponent here.
    var isDegree: Bool {
        ahead(1)?.isMark("°") == true || ahead(1)?.isMark("{") == true && ahead(2)?.isMark("°") == true && ahead(3)?.isMark("}") == true
    }

    /// Whether the ending of an ordinal number stands raised here.
    var isOrdinal: Bool {
        let ending = ahead(1)?.word ?? (ahead(1)?.isMark("{") == true && ahead(3)?.isMark("}") == true ? ahead(2)?.word : nil)
        return ending.map { ["st", "nd", "rd", "th"].contains($0) } ?? false
    }

    /// What stands raised: a group, or one token with its sign.
    mutating func exponent() throws(MathFault) -> MathNode {
        if isAt("{") { return try group() }
        if take("-") { return .negative(try nested { (parser) throws(MathFault) in try parser.primary() }) }
        _ = take("+")
        return try nested { (parser) throws(MathFault) in try parser.primary() }
    }

    /// An expression between braces that only hold it together.
    mutating func group() throws(MathFault) -> MathNode {
        try nested { (parser) throws(MathFault) in
            try parser.expect("{")
            let bars = parser.bars
            parser.bars = 0
            let node = try parser.sum()
            parser.bars = bars
            try parser.expect("}")
            return node
        }
    }

    /// A group, or one digit or letter as after `\frac`.
    private mutating func argument() throws(MathFault) -> MathNode {
        if isAt("{") { return try group() }
        if let number = token?.number {
            position += 1
            return .number(number)
        }
        return try nested { (parser) throws(MathFault) in try parser.primary() }
    }

    mutating func primary() throws(MathFault) -> MathNode {
        guard let token else { throw .unreadable }
        switch token.kind {
        case .word: throw .unreadable
        case .letter(let name): return try letter(name)
        case .number(let number):
            if position > 0, tokens[position - 1].number != nil, let fraction = try slashFraction() { return fraction }
            position += 1
            guard take("_") else { return .number(number) }
            return try based(number)
        case .mark(let name): return try marked(name)
        }
    }

    /// A letter with its index, which is part of its name, and its strokes.
    private mutating func letter(_ name: String) throws(MathFault) -> MathNode {
        position += 1
        var name = name
        if take("_") {
            let isGroup = take("{")
            var index = ""
            repeat {
                guard let part = token, part.number?.digits != nil || part.letter != nil || part.word != nil else { throw .unreadable }
                index += part.text
                position += 1
            } while isGroup && !isAt("}")
            if isGroup { try expect("}") }
            name += "_" + index
        }
        while take("'") { name += "'" }
        return .letter(name)
    }

    private static let bases = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

    /// The base below a number.
    private mutating func based(_ number: WrittenNumber) throws(MathFault) -> MathNode {
        let isGroup = take("{")
        var base: Int?
        if let word = token?.word { base = Self.bases.firstIndex(of: word).map { $0 + 2 } }
        if let digits = token?.number?.digits { base = Int(digits) }
        position += 1
        if isGroup { try expect("}") }
        guard let digits = number.digits, let base, 2...36 ~= base, digits.utf8.allSatisfy({ Int($0) - 48 < base }) else {
            throw .unreadable
        }
        return .based(String(digits.drop { $0 == "0" }), base)
    }

    private mutating func marked(_ name: String) throws(MathFault) -> MathNode {
        if MathFunction.names.contains(name) { return try call(name) }
        if ["(", "[", "{", "lbrace", "langle", "|", "lfloor", "lceil"].contains(name) { return try bracketed(name) }
        position += 1
        switch name {
        case "frac": return .quotient(try argument(), try argument())
        case "binom": return .call("binomial", [try argument(), try argument()])
        case "sqrt", "cbrt": return try root(name == "cbrt" ? 3 : 2)
        case "abs":
            try expect("(")
            let inner = try nested { (parser) throws(MathFault) in try parser.sum() }
            try expect(")")
            return .call("abs", [inner])
        case "∞": return .infinity
        case "∅": return .set([])
        case "set R": return .reals
        case "begin pmatrix", "begin bmatrix", "begin matrix", "begin array", "begin smallmatrix", "begin Bmatrix":
            return try matrix("end" + name.dropFirst("begin".count))
        default: throw .unreadable
        }
    }

    private mutating func root(_ usual: Int) throws(MathFault) -> MathNode {
        var degree = usual
        if usual == 2 && take("[") {
            guard let digits = token?.number?.digits, let number = Int(digits), number >= 2 else { throw .unreadable }
            degree = number
            position += 1
            try expect("]")
        }
        if isAt("(") { return .root(degree, try bracketed("(")) }
        let inner = try argument()
        // √12 without braces is the root of 1, or of 12.
        if tokens[position - 1].number != nil, token?.number != nil { throw .unreadable }
        return .root(degree, inner)
    }
}
