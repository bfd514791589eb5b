extension JSONValue {
    /// This document as text: on one line, or indented by two spaces a level.
    ///
    /// Equal documents give equal bytes.
    func text(pretty: Bool) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, indentation: pretty ? 0 : nil)
        return output
    }

    private func write(to output: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let value): output += String(value).utf8
        case .string(let value): Self.quote(value, to: &output)
        case .array(let values):
            Self.writeList(values, brackets: ("[", "]"), to: &output, indentation: indentation) { value, output, inner in
                value.write(to: &output, indentation: inner)
            }
        case .object(let members):
            Self.writeList(members, brackets: ("{", "}"), to: &output, indentation: indentation) { member, output, inner in
                Self.quote(member.key, to: &output)
                output += (inner == nil ? ":" : ": ").utf8
                member.value.write(to: &output, indentation: inner)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], brackets: (String, String), to output: inout [UInt8], indentation: Int?,
        element write: (Element, inout [UInt8], Int?) -> Void
    ) {
        func breakLine(_ level: Int?) {
            guard let level else { return }
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
        }
        let inner = indentation.map { $0 + 1 }
        output += brackets.0.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(inner)
            write(element, &output, inner)
        }
        if !elements.isEmpty { breakLine(indentation) }
        output += brackets.1.utf8
    }

    private static func quote(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case UInt8(ascii: "\n"): output += "\\n".utf8
            case UInt8(ascii: "\r"): output += "\\r".utf8
            case UInt8(ascii: "\t"): output += "\\t".utf8
            case 0x08: output += "\\b".utf8
            case 0x0C: output += "\\f".utf8
            case 0..<0x10: output += "\\u000\(String(byte, radix: 16))".utf8
            case 0..<0x20: output += "\\u00\(String(byte, radix: 16))".utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
