/// Reads patterns; what has another meaning elsewhere, or none, is refused and never guessed.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    var (ignoresCase, dotTakesAll, hasLines) = (false, false, false)

    private static let mostDepth = 50
    private static let mostRepetitions = 1_000

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The whole pattern.
    mutating func pattern() throws(PatternFault) -> PatternNode {
        guard scalars.count <= Pattern.longest else {
            throw PatternFault(column: 1, problem: "it has \(scalars.count) characters, more than the \(Pattern.longest) that are read")
        }
        try flags()
        let node = try choice()
        guard next == nil else { throw fault("')' closes no group; for the character write \\)") }
        return node
    }

    // MARK: Characters, shared with sets

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// What stands that many places after the next character.
    func ahead(_ count: Int) -> Unicode.Scalar? { position + count < scalars.count ? scalars[position + count] : nil }

    mutating func advance(_ count: Int = 1) { position += count }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    func fault(_ problem: String, back: Int = 0) -> PatternFault { PatternFault(column: position + 1 - back, problem: problem) }

    /// The digits that come next, as a number; nil where there are none, or where it is larger than any that is allowed.
    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = next, "0"..."9" ~= scalar {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        return digits.utf8.count <= 6 ? Int(digits) : nil
    }

    // MARK: Structure

    /// Flags for all of the pattern.
    private mutating func flags() throws(PatternFault) {
        var place = 2
        while let flag = ahead(place), "ims".unicodeScalars.contains(flag) { place += 1 }
        guard next == "(", ahead(1) == "?", place > 2, ahead(place) == ")" else { return }
        for flag in scalars[(position + 2)..<(position + place)] {
            switch flag {
            case "i": ignoresCase = true
            case "m": hasLines = true
            default: dotTakesAll = true
            }
        }
        position += place + 1
    }

    private mutating func choice() throws(PatternFault) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostDepth else { throw fault("groups lie more than \(Self.mostDepth) deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternFault) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repeated(try atom())) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(PatternFault) -> PatternNode {
        guard let scalar = next else { throw fault("it ends too early") }
        switch scalar {
        case "(": return try group()
        case "[":
            position += 1
            return .one(try set())
        case "\\":
            position += 1
            return try escape()
        case "*", "+", "?": throw fault("'\(scalar)' has nothing to repeat; for the character write \\\(scalar)")
        case "{": throw fault("'{' has nothing to repeat; for the character write \\{")
        default:
            position += 1
            switch scalar {
            case ".": return .one(ScalarSet(ranges: dotTakesAll ? [] : ["\n"..."\n"], isNegated: true))
            case "^": return .place(hasLines ? .startOfLine : .start)
            case "$": return .place(hasLines ? .endOfLine : .end)
            default: return .one(ScalarSet(ranges: [scalar...scalar], ignoresCase: ignoresCase))
            }
        }
    }

    private mutating func group() throws(PatternFault) -> PatternNode {
        let start = position
        position += 1
        if take("?") { try groupKind() }
        let node = try choice()
        guard take(")") else { throw PatternFault(column: start + 1, problem: "'(' is not closed; for the character write \\(") }
        return node
    }

    /// Reads `:`, or a name, behind `(?`.
    private mutating func groupKind() throws(PatternFault) {
        if take(":") { return }
        if next == "P" && ahead(1) == "<" { position += 1 }
        guard next == "<", let letter = ahead(1), letter != "=", letter != "!" else {
            throw fault(
                "of groups that begin '(?' only (?:…) and names (?<name>…) are read, and flags (?ims) at the very start; "
                    + "nothing looks ahead or behind", back: 2)
        }
        position += 1
        let start = position
        while let scalar = next, ScalarSet.Class.word.contains(scalar) { position += 1 }
        guard position > start, take(">") else { throw fault("a group's name has letters, digits and '_', and ends in '>'") }
    }

    private mutating func repeated(_ node: PatternNode) throws(PatternFault) -> PatternNode {
        let start = position
        guard let (least, most) = try repetition() else { return node }
        if case .place = node { throw PatternFault(column: start + 1, problem: "a place such as ^ or \\b cannot be repeated") }
        // Whether as much or as little as possible is taken first does not change whether the text matches.
        if !take("?"), next == "+" { throw fault("a possessive repetition is not read; leave out the second '+'") }
        if let again = next, "*+?{".unicodeScalars.contains(again) { throw fault("a repetition cannot be repeated; put a group around it") }
        return .repeated(node, least: least, most: most)
    }

    private mutating func repetition() throws(PatternFault) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{") else { return nil }
        let remedy = "a repetition is {m}, {m,} or {m,n} with numbers up to \(Self.mostRepetitions); for the character write \\{"
        guard let least = number(), least <= Self.mostRepetitions else { throw PatternFault(column: start + 1, problem: remedy) }
        if take("}") { return (least, least) }
        guard take(",") else { throw PatternFault(column: start + 1, problem: remedy) }
        if take("}") { return (least, nil) }
        guard let most = number(), least...Self.mostRepetitions ~= most, take("}") else {
            throw PatternFault(column: start + 1, problem: remedy)
        }
        return (least, most)
    }
}
