/// How tokens become text again.
enum TokenDecoder: Hashable, Sendable {
    /// Every token is bytes.
    case bytes
    /// The tokens' spellings pass through these steps, and what comes out is joined.
    case steps([Step])

    /// One change of a list of spellings.
    enum Step: Hashable, Sendable {
        /// Every occurrence of the first text becomes the second.
        case replace(String, by: String)
        /// Runs of tokens such as "<0xE2>" become the text that the bytes spell, or one U+FFFD each.
        case joinBytes
        /// All become one.
        case fuse
        /// At most so many of a character are taken away from either end of each.
        case strip(Unicode.Scalar, start: Int, end: Int)
        /// Space marks become spaces; in the first token they vanish where `dropsFirst`.
        case spaceMarks(String, dropsFirst: Bool)
    }

    /// The text of spellings under the steps.
    static func text(of spellings: [[UInt8]], _ steps: [Step]) -> String {
        var parts = spellings
        for step in steps {
            switch step {
            case .replace(let old, let new): parts = parts.map { $0.replacing(Array(old.utf8), by: Array(new.utf8)) }
            case .joinBytes: parts = joiningBytes(parts)
            case .fuse: parts = [parts.flatMap(\.self)]
            case .strip(let scalar, let start, let end): parts = parts.map { stripping($0, Array(String(scalar).utf8), start, end) }
            case .spaceMarks(let mark, let dropsFirst):
                parts = parts.enumerated().map { index, part in
                    part.replacing(Array(mark.utf8), by: index == 0 && dropsFirst ? [] : [UInt8(ascii: " ")])
                }
            }
        }
        return String(decoding: parts.joined(), as: UTF8.self)
    }

    /// The byte that a spelling such as "<0x0A>" stands for.
    static func byte(_ spelling: [UInt8]) -> UInt8? {
        guard spelling.count == 6, spelling.starts(with: Array("<0x".utf8)), spelling[5] == UInt8(ascii: ">") else { return nil }
        return UInt8(String(decoding: spelling[3..<5], as: UTF8.self), radix: 16)
    }

    /// The token of a byte, "<0x0A>" for 10.
    static func spelling(ofByte byte: UInt8) -> String {
        "<0x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true) + ">"
    }

    private static func joiningBytes(_ parts: [[UInt8]]) -> [[UInt8]] {
        var joined: [[UInt8]] = []
        var run: [UInt8] = []
        func flush() {
            guard !run.isEmpty else { return }
            let isText = String(validating: run, as: UTF8.self) != nil
            joined += isText ? [run] : run.map { _ in [0xEF, 0xBF, 0xBD] }
            run = []
        }
        for part in parts {
            if let byte = byte(part) {
                run.append(byte)
            } else {
                flush()
                joined.append(part)
            }
        }
        flush()
        return joined
    }

    private static func stripping(_ part: [UInt8], _ character: [UInt8], _ start: Int, _ end: Int) -> [UInt8] {
        var rest = part[...]
        for _ in 0..<start where rest.starts(with: character) { rest = rest.dropFirst(character.count) }
        for _ in 0..<end where rest.reversed().starts(with: character.reversed()) { rest = rest.dropLast(character.count) }
        return Array(rest)
    }
}

extension TokenDecoder {
    private static let supported = "ByteLevel, Metaspace, or a Sequence of Replace, ByteFallback, Fuse, Strip"

    /// Reads the `decoder` of a `tokenizer.json`.
    init(json: JSONValue, file: String) throws(TokenizerError) {
        if json["type"]?.string == "ByteLevel" {
            self = .bytes
            return
        }
        let parts = json["type"]?.string == "Sequence" ? json["decoders"]?.array : [json]
        guard let parts else { throw .malformed(file: file, field: "decoder.decoders", reason: "it must be a list") }
        var steps: [Step] = []
        for part in parts { steps.append(try Self.step(part, file: file)) }
        let growth = steps.reduce(1) { growth, step in
            // Bytes that are no text become three bytes each, of six that spell them.
            guard case .replace(let old, let new) = step else { return growth }
            return min(growth * Normalizer.growth(replacing: old, by: new), TokenizerError.mostGrowth + 1)
        }
        guard growth <= TokenizerError.mostGrowth else { throw .growth(file: file, field: "decoder") }
        self = .steps(steps)
    }

    private static func step(_ part: JSONValue, file: String) throws(TokenizerError) -> Step {
        func malformed(_ field: String, _ reason: String) -> TokenizerError {
            .malformed(file: file, field: "decoder.\(field)", reason: reason)
        }
        switch part["type"]?.string {
        case "Replace":
            let (old, new) = try Normalizer.replacement(part, field: "decoder.Replace", file: file)
            return .replace(old, by: new)
        case "ByteFallback": return .joinBytes
        case "Fuse": return .fuse
        case "Strip":
            let content = part["content"]?.string?.unicodeScalars
            guard let content, content.count == 1, let scalar = content.first else {
                throw malformed("Strip.content", "it must be one character")
            }
            guard let start = part["start"]?.integer, let end = part["stop"]?.integer, 0...1000 ~= start, 0...1000 ~= end else {
                throw malformed("Strip", "start and stop must be numbers from 0 to 1000")
            }
            return .strip(scalar, start: start, end: end)
        case "Metaspace":
            let marking = try SpaceMarking(json: part, field: "decoder.Metaspace", file: file)
            return .spaceMarks(marking.mark, dropsFirst: marking.front != .never)
        case let type:
            throw .unsupported(file: file, field: "decoder.type", found: type ?? part.kind, supported: supported)
        }
    }
}
