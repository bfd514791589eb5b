/// A strict reader of JSON (RFC 8259) that also refuses duplicate names, unpaired surrogates and nesting deeper than 64.
///
/// Total: any bytes give a value or one `JSONSyntaxError`.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private static let deepest = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The document in `bytes`; white space around it is allowed, anything else is not.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value()
        guard parser.next() == nil else { throw parser.failure("there is text after the end of the document") }
        return value
    }

    private func failure(_ reason: String) -> JSONSyntaxError {
        let line = 1 + bytes.prefix(position).count { $0 == UInt8(ascii: "\n") }
        return JSONSyntaxError(line: line, offset: position, reason: reason)
    }

    /// The next byte after white space, not consumed.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next() == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard let byte = next() else { throw failure("the document ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONSyntaxError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONSyntaxError) in try parser.list() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.deepest else { throw failure("it is nested deeper than \(Self.deepest) levels") }
        depth += 1
        position += 1
        let result = try body(&self)
        depth -= 1
        return result
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members: [JSONValue.Member] = []
        var seen = Set<Spelling>()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw failure("a name in quotes is expected") }
            let key = try string()
            guard seen.insert(Spelling(key)).inserted else { throw failure("the name “\(key)” appears twice in one object") }
            guard take(UInt8(ascii: ":")) else { throw failure("a colon is expected after the name “\(key)”") }
            members.append(JSONValue.Member(key, try value()))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("a comma or } is expected") }
        return .object(members)
    }

    private mutating func list() throws(JSONSyntaxError) -> JSONValue {
        var values: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(values) }
        repeat { values.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("a comma or ] is expected") }
        return .array(values)
    }

    private mutating func word(_ spelling: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let expected = Array(spelling.description.utf8)
        guard bytes[position...].starts(with: expected) else { throw failure("an unknown word stands where a value is expected") }
        position += expected.count
        return value
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
        guard position > start else { throw failure("a value is expected") }
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        var isInteger = true
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let first = position
        try digits()
        guard bytes[first] != UInt8(ascii: "0") || position == first + 1 else { throw failure("a number starts with 0") }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw failure("the number \(text) is too large") }
        return .number(number)
    }

    /// The string whose opening quote is the byte at `position`.
    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        var content: [UInt8] = []
        var runStart = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                content += bytes[runStart..<position]
                guard let text = String(validating: content, as: UTF8.self) else { throw failure("a string is not valid UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                content += bytes[runStart..<position]
                position += 1
                content += String(try escape()).utf8
                runStart = position
            case 0..<0x20: throw failure("a string holds an unescaped control character")
            default: position += 1
            }
        }
        throw failure("a string does not end")
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard position < bytes.count else { throw failure("a string does not end") }
        defer { position += 1 }
        switch bytes[position] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("a string holds an unknown escape")
        }
    }

    /// The scalar of `uXXXX`, or of a surrogate pair `uXXXX\uXXXX`; leaves `position` on the last digit.
    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try fourHexDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, position + 2 < bytes.count, bytes[position + 1] == UInt8(ascii: "\\"), bytes[position + 2] == UInt8(ascii: "u")
        else { throw failure("a string holds half of a surrogate pair") }
        position += 2
        let low = try fourHexDigits()
        guard 0xDC00..<0xE000 ~= low, let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) else {
            throw failure("a string holds half of a surrogate pair")
        }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        let text = bytes[(position + 1)...].prefix(4)
        guard text.count == 4, text.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: text, as: UTF8.self), radix: 16)
        else { throw failure("\\u needs four hexadecimal digits") }
        position += 4
        return unit
    }
}
