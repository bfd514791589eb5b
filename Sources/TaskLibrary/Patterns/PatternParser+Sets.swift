import Texts

extension PatternParser {
    /// What a backslash that was read stands for.
    mutating func escape() throws(PatternFault) -> PatternNode {
        switch next {
        case "b": return place(.wordBoundary)
        case "B": return place(.noWordBoundary)
        case "A": return place(.start)
        case "z": return place(.end)
        case "Z": throw fault("\\Z means different things in different languages; write \\z for the end of the text", back: 1)
        default:
            if let set = shorthand() { return .one(set) }
            let scalar = try escapedScalar()
            return .one(ScalarSet(ranges: [scalar...scalar], ignoresCase: ignoresCase))
        }
    }

    private mutating func place(_ place: PatternPlace) -> PatternNode {
        advance()
        return .place(place)
    }

    /// `\d`, `\w`, `\s` or a complement behind a backslash; nil where another escape stands there.
    private mutating func shorthand() -> ScalarSet? {
        let set: ScalarSet
        switch next {
        case "d": set = ScalarSet(classes: [.digit])
        case "w": set = ScalarSet(classes: [.word])
        case "s": set = ScalarSet(classes: [.space])
        case "D": set = ScalarSet(complements: [.digit])
        case "W": set = ScalarSet(complements: [.word])
        case "S": set = ScalarSet(complements: [.space])
        default: return nil
        }
        advance()
        return set
    }

    /// The character that an escape stands for.
    private mutating func escapedScalar() throws(PatternFault) -> Unicode.Scalar {
        guard let scalar = next else { throw fault("a backslash ends it; for the character write \\\\", back: 1) }
        advance()
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        case "1"..."9": throw fault("\\\(scalar) refers back to a group, which is not read; write what it is to be", back: 2)
        default:
            // Letters and digits may mean something elsewhere; signs mean themselves.
            guard scalar.isASCII, !ScalarSet.Class.word.contains(scalar) || scalar == "_" else {
                throw fault("\\\(String(scalar).shown) is no escape that is read", back: 2)
            }
            return scalar
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(PatternFault) -> Unicode.Scalar {
        var digits = ""
        while digits.utf8.count < count, let scalar = next, scalar.properties.isASCIIHexDigit {
            digits.unicodeScalars.append(scalar)
            advance()
        }
        guard digits.utf8.count == count, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw fault("\\x needs two hexadecimal digits and \\u four that are a character")
        }
        return scalar
    }

    /// The set whose `[` was read.
    mutating func set() throws(PatternFault) -> ScalarSet {
        var set = ScalarSet(ignoresCase: ignoresCase)
        set.isNegated = take("^")
        if next == "]" { throw fault("a set is empty here and begins with ']' elsewhere; for the character write \\]") }
        while !take("]") {
            if next == "[", let mark = ahead(1), ":.=".unicodeScalars.contains(mark) {
                throw fault("POSIX classes are not read; write \\d, \\w, \\s or ranges")
            }
            guard let first = try member(of: &set) else { continue }
            guard next == "-", let bound = ahead(1), bound != "]" else {
                set.ranges.append(first...first)
                continue
            }
            advance()
            guard let last = try member(of: &set), first <= last else {
                throw fault("a range goes from a character to one that is not before it; for the character - write \\-")
            }
            set.ranges.append(first...last)
        }
        return set
    }

    /// The next character of a set; nil where it is a class, which is added.
    private mutating func member(of set: inout ScalarSet) throws(PatternFault) -> Unicode.Scalar? {
        guard let scalar = next else { throw fault("'[' is not closed; for the character write \\[") }
        advance()
        guard scalar == "\\" else { return scalar }
        if let shorthand = shorthand() {
            set.classes += shorthand.classes
            set.complements += shorthand.complements
            return nil
        }
        if next == "b" { throw fault("\\b in a set means different things in different languages; write \\x08", back: 1) }
        return try escapedScalar()
    }
}
