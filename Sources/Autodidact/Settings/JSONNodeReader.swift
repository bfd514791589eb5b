/// Where JSON stops being valid, counted from 1 in characters, and what should stand there.
package struct JSONMistake: Error {
    package let line: Int
    package let column: Int
    package let found: String
    package let expected: String
}

/// Reads one JSON value (RFC 8259), strictly; a name that stands twice in an object is a mistake.
package struct JSONNodeReader {
    private let scalars: [Unicode.Scalar]
    private let keepsNumbers: Bool
    private var position = 0
    private var depth = 0

    /// The value that the whole text spells; `keepsNumbers` leaves numbers as they are written instead of in canonical form.
    package static func read(_ text: String, keepsNumbers: Bool = false) throws(JSONMistake) -> JSONNode {
        var reader = JSONNodeReader(scalars: Array(text.unicodeScalars), keepsNumbers: keepsNumbers)
        let node = try reader.value()
        reader.skipSpace()
        guard reader.position == reader.scalars.count else { throw reader.mistake("the end of the text") }
        return node
    }

    private init(scalars: [Unicode.Scalar], keepsNumbers: Bool) {
        self.scalars = scalars
        self.keepsNumbers = keepsNumbers
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func value() throws(JSONMistake) -> JSONNode {
        skipSpace()
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw mistake("fewer than 100 levels") }
        switch next {
        case "{": return try object()
        case "[": return try array()
        case "\"": return .string(try string())
        case "t": return try word("true", .bool(true))
        case "f": return try word("false", .bool(false))
        case "n": return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONMistake) -> JSONNode {
        position += 1
        var members: [String: JSONNode] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            let start = position
            guard next == "\"" else { throw mistake("a name in double quotes") }
            let name = try string()
            if members[name] != nil { throw mistake("each name once", at: start) }
            skipSpace()
            guard take(":") else { throw mistake("':' after \"\(name)\"") }
            members[name] = try value()
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw mistake("',' or '}'") }
        }
    }

    private mutating func array() throws(JSONMistake) -> JSONNode {
        position += 1
        var elements: [JSONNode] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw mistake("',' or ']'") }
        }
    }

    /// The text whose opening quote comes next.
    private mutating func string() throws(JSONMistake) -> String {
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = next, scalar != "\"" {
            guard scalar.value >= 0x20 else { throw mistake("no control character inside text") }
            position += 1
            text.append(scalar == "\\" ? try escaped() : scalar)
        }
        guard take("\"") else { throw mistake("'\"' at the end of text") }
        return String(text)
    }

    /// The character of an escape whose backslash was read; two escapes where it needs a pair of surrogates.
    private mutating func escaped() throws(JSONMistake) -> Unicode.Scalar {
        let (start, first) = (position, try unit())
        if let scalar = Unicode.Scalar(first) { return scalar }
        if UTF16.isLeadSurrogate(first), take("\\"), next == "u" {
            let second = try unit()
            let value = 0x10000 + UInt32(first & 0x3FF) << 10 + UInt32(second & 0x3FF)
            if UTF16.isTrailSurrogate(second), let scalar = Unicode.Scalar(value) { return scalar }
        }
        throw mistake("\\u escapes of surrogates in pairs", at: start)
    }

    /// The UTF-16 unit of an escape whose backslash was read.
    private mutating func unit() throws(JSONMistake) -> UInt16 {
        let plain: UInt16? =
            switch next {
            case "\"": 34
            case "\\": 92
            case "/": 47
            case "b": 8
            case "f": 12
            case "n": 10
            case "r": 13
            case "t": 9
            default: nil
            }
        if let plain {
            position += 1
            return plain
        }
        guard take("u"), position + 4 <= scalars.count else { throw mistake("an escape such as \\n or \\u0041") }
        let digits = String(String.UnicodeScalarView(scalars[position..<position + 4]))
        guard digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else { throw mistake("four hexadecimal digits") }
        position += 4
        return unit
    }

    private mutating func number() throws(JSONMistake) -> JSONNode {
        let start = position
        if next == "-" { position += 1 }
        let startsWithZero = next == "0"
        let digitsOfWhole = takeDigits()
        guard digitsOfWhole == 1 || digitsOfWhole > 1 && !startsWithZero else { throw mistake("a JSON value", at: start) }
        if take("."), takeDigits() == 0 { throw mistake("a JSON value", at: start) }
        if next == "e" || next == "E" {
            position += 1
            if next == "+" || next == "-" { position += 1 }
            if takeDigits() == 0 { throw mistake("a JSON value", at: start) }
        }
        let digits = String(String.UnicodeScalarView(scalars[start..<position]))
        if keepsNumbers { return .number(digits) }
        guard let node = JSONNode(number: digits) else { throw mistake("a JSON value", at: start) }
        return node
    }

    /// Takes ASCII digits; returns how many.
    private mutating func takeDigits() -> Int {
        let start = position
        while let scalar = next, "0"..."9" ~= scalar { position += 1 }
        return position - start
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(JSONMistake) -> JSONNode {
        for scalar in word.unicodeScalars where !take(scalar) { throw mistake("'\(word)'") }
        return node
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let scalar = next, scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" { position += 1 }
    }

    private func mistake(_ expected: String, at place: Int? = nil) -> JSONMistake {
        let place = place ?? position
        let line = scalars[..<place].split(separator: "\n", omittingEmptySubsequences: false)
        let found = place < scalars.count ? "'\(scalars[place])'" : "the end of the text"
        return JSONMistake(line: max(1, line.count), column: (line.last?.count ?? 0) + 1, found: found, expected: expected)
    }
}
