extension PreTokenizer {
    private static let supported =
        "ByteLevel, or a Sequence of at most one Digits, at most one Split (pattern of GPT-2, Qwen 2 or Llama 3), and ByteLevel last; or, "
        + "with byte_fallback, null or Metaspace"

    /// Reads the `pre_tokenizer` of a `tokenizer.json`.
    ///
    /// - Parameter isByteLevel: Whether the model's vocabulary is spelled in the alphabet of bytes.
    init(json: JSONValue, isByteLevel: Bool, file: String) throws(TokenizerError) {
        guard isByteLevel else {
            self = try Self.overCharacters(json, file: file)
            return
        }
        var digits = Digits.untouched
        var pattern: WordPattern?
        var isClosed = false
        func refuse(_ found: String) -> TokenizerError {
            .unsupported(file: file, field: "pre_tokenizer", found: found, supported: Self.supported)
        }
        func flag(_ part: JSONValue, _ type: String, _ name: String, absent: Bool? = nil) throws(TokenizerError) -> Bool {
            if let value = part[name]?.bool ?? (part[name] == nil ? absent : nil) { return value }
            throw .malformed(file: file, field: "pre_tokenizer.\(type).\(name)", reason: "it must be true or false")
        }

        let parts = json["type"]?.string == "Sequence" ? json["pretokenizers"]?.array : [json]
        guard let parts else { throw .malformed(file: file, field: "pre_tokenizer.pretokenizers", reason: "it must be a list") }
        for part in parts {
            guard let type = part["type"]?.string else {
                throw json == .null ? refuse("null") : .malformed(file: file, field: "pre_tokenizer.type", reason: "it must be a string")
            }
            guard !isClosed else { throw refuse("\(type) after ByteLevel") }
            switch type {
            case "Digits":
                guard digits == .untouched, pattern == nil else { throw refuse("Digits after another part") }
                digits = try flag(part, type, "individual_digits") ? .individual : .runs
            case "Split":
                guard pattern == nil else { throw refuse("two Split parts") }
                pattern = try Self.splitPattern(part, file: file)
            case "ByteLevel":
                guard try !flag(part, type, "add_prefix_space") else { throw refuse("ByteLevel with add_prefix_space") }
                if try flag(part, type, "use_regex", absent: true) {
                    guard pattern == nil else { throw refuse("Split followed by ByteLevel with use_regex") }
                    pattern = .gpt2
                }
                isClosed = true
            default: throw refuse(type)
            }
        }
        guard isClosed else { throw refuse("a Sequence without ByteLevel") }
        self.init(digits: digits, pattern: pattern)
    }

    private static func overCharacters(_ json: JSONValue, file: String) throws(TokenizerError) -> PreTokenizer {
        var whole = PreTokenizer(digits: .untouched, pattern: nil)
        whole.isByteLevel = false
        switch json["type"]?.string {
        case nil where json == .null: break
        case "Metaspace": whole.marking = try SpaceMarking(json: json, field: "pre_tokenizer.Metaspace", file: file)
        case let type: throw .unsupported(file: file, field: "pre_tokenizer.type", found: type ?? json.kind, supported: supported)
        }
        return whole
    }

    private static func splitPattern(_ part: JSONValue, file: String) throws(TokenizerError) -> WordPattern {
        guard part["behavior"]?.string == "Isolated", part["invert"]?.bool != true else {
            throw .unsupported(
                file: file, field: "pre_tokenizer.Split", found: "behavior \(part["behavior"]?.string ?? "missing") or invert",
                supported: "Isolated, not inverted")
        }
        guard let text = part["pattern"]?["Regex"]?.string, let pattern = WordPattern(rawValue: text) else {
            throw .unsupported(
                file: file, field: "pre_tokenizer.Split.pattern", found: part["pattern"]?["Regex"]?.string ?? "a pattern that is no Regex",
                supported: WordPattern.allCases.map(\.rawValue).joined(separator: "   and   "))
        }
        return pattern
    }

    /// This pre-tokenizer as the `pre_tokenizer` of a `tokenizer.json`.
    var json: JSONValue {
        var parts: [JSONValue] = []
        if digits != .untouched { parts.append(Self.part("Digits", [.init("individual_digits", .bool(digits == .individual))])) }
        if let pattern, pattern != .gpt2 {
            let regex = JSONValue.object([.init("Regex", .string(pattern.rawValue))])
            parts.append(
                Self.part("Split", [.init("pattern", regex), .init("behavior", .string("Isolated")), .init("invert", .bool(false))]))
        }
        parts.append(Self.byteLevel(useRegex: pattern == .gpt2))
        return parts.count == 1 ? parts[0] : Self.part("Sequence", [.init("pretokenizers", .array(parts))])
    }

    /// The part called `ByteLevel`, which is a pre-tokenizer, a post-processor and a decoder under one name.
    static func byteLevel(useRegex: Bool) -> JSONValue {
        part(
            "ByteLevel",
            [.init("add_prefix_space", .bool(false)), .init("trim_offsets", .bool(true)), .init("use_regex", .bool(useRegex))])
    }

    private static func part(_ type: String, _ fields: [JSONValue.Member]) -> JSONValue {
        .object([.init("type", .string(type))] + fields)
    }
}
