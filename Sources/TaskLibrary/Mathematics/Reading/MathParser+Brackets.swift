extension MathParser {
    private static let closings: [String: (names: [String], mark: Character)] = [
        "(": ([")", "]"], "("), "[": (["]", ")"], "["), "{": (["}"], "{"), "lbrace": (["rbrace"], "{"), "langle": (["rangle"], "<"),
        "|": (["|"], "|"), "lfloor": (["rfloor"], "f"), "lceil": (["rceil"], "c"),
    ]

    /// Whatever stands between brackets: an expression, a tuple, an interval, a set, an absolute value, a part rounded.
    mutating func bracketed(_ name: String) throws(MathFault) -> MathNode {
        try nested { (parser) throws(MathFault) in
            guard let (ends, open) = Self.closings[name] else { throw .unreadable }
            parser.position += 1
            let bars = parser.bars
            parser.bars = name == "|" ? 1 : 0
            defer { parser.bars = bars }
            if open == "{" && (parser.take("}") || parser.take("rbrace")) { return .set([]) }
            var elements = [try parser.element(open)]
            while parser.take(",") || name == "[" && parser.take(";") {
                guard elements.count < Self.mostElements else { throw .tooLarge }
                elements.append(try parser.element(open))
            }
            guard let end = ends.first(where: { parser.isAt($0) }) else { throw .unreadable }
            parser.position += 1
            return try Self.bracketed(elements, open: open, end: end)
        }
    }

    private mutating func element(_ open: Character) throws(MathFault) -> MathNode {
        guard open == "{" else { return try side() }
        // A set may say both values at once.
        let node = try measured()
        return node
    }

    private static func bracketed(_ elements: [MathNode], open: Character, end: String) throws(MathFault) -> MathNode {
        let isOne = elements.count == 1
        switch open {
        case "|", "f", "c":
            guard isOne else { throw .unreadable }
            return .call(open == "|" ? "abs" : open == "f" ? "floor" : "ceiling", elements)
        case "{":
            // Braces of TeX around one expression do not make it a set.
            return end == "}" && isOne ? elements[0] : .set(elements)
        case "<": return .group(elements, open: "<", close: ">")
        default:
            let close: Character = end == ")" ? ")" : "]"
            if isOne {
                guard (open == "(") == (close == ")") else { throw .unreadable }
                return elements[0]
            }
            return .group(elements, open: open, close: close)
        }
    }

    /// Rows of a matrix up to its end.
    mutating func matrix(_ end: String) throws(MathFault) -> MathNode {
        var rows: [[MathNode]] = [[]]
        while !isAt(end) {
            guard rows.count <= 12, rows[rows.count - 1].count < 12 else { throw .tooLarge }
            rows[rows.count - 1].append(try nested { (parser) throws(MathFault) in try parser.sum() })
            if take("&") { continue }
            if take("newline") {
                if !isAt(end) { rows.append([]) }
            } else if !isAt(end) {
                throw .unreadable
            }
        }
        try expect(end)
        guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else { throw .unreadable }
        return .matrix(rows)
    }
}
