extension ConversationFormat {
    /// The format that a template writes, where it is one of the published templates of a known family; nil otherwise.
    ///
    /// Templates are compared in the form of `JinjaText`, by a digest. The words that a template of ChatML gives a system by default are
    /// not compared but taken over: fine-tuned models differ in them and in nothing else.
    public init?(recognising template: String) {
        guard let text = JinjaText.normalized(template) else { return nil }
        let (form, said) = Self.takingDefaultSystem(from: text)
        guard let family = Self.families[Self.digest(form)] else { return nil }
        guard case .chatML(var layout) = family.layout, let said else {
            // A template that says nothing by default must be of a family that does not either.
            if family.defaultSystem != nil { return nil }
            self = family
            return
        }
        layout.defaultSystem = said
        self.init(name: said == Self.smolLM2.defaultSystem ? Self.smolLM2.name : family.name, layout: .chatML(layout))
    }

    /// The format called `name`; under `auto` the one that a model's template writes, or `plain` where it has none.
    ///
    /// A name that fits the template too gives the template's own variant, with its words for the system.
    /// - Throws: `ConversationError.unknownTemplate`, `.unknownFormat`.
    public init(named name: String, template: ChatTemplate?) throws(ConversationError) {
        let recognised = template.flatMap { ConversationFormat(recognising: $0.text) }
        if name == Self.automatic {
            guard let template else {
                self = .plain
                return
            }
            guard let recognised else { throw .unknownTemplate(file: template.file) }
            self = recognised
        } else if let recognised, recognised.name == name {
            self = recognised
        } else if let format = Self.all.first(where: { $0.name == name }) {
            self = format
        } else {
            throw .unknownFormat(name)
        }
    }

    /// The published templates: each digest is that of a template in `Tests/Parity/templates.py`, where its source is named.
    private static let families: [UInt64: ConversationFormat] = [
        0: plain,
    ]

    /// A template's form with a sign in the place of what it says for a system by default, and these words.
    private static func takingDefaultSystem(from text: String) -> (form: String, said: String?) {
        let opening = "'<|im_start|>system\n"
        guard let start = text.firstRange(of: opening),
            let end = text[start.upperBound...].firstRange(of: "<|im_end|>\n'"),
            case let words = text[start.upperBound..<end.lowerBound], !words.isEmpty, !words.contains("'"),
            let said = unescaped(words)
        else { return (text, nil) }
        return (text.replacing(words, with: "\u{FFFC}"), said)
    }

    /// What a string in a template stands for; nil where it has escapes that are not known here.
    private static func unescaped(_ text: Substring) -> String? {
        var result = ""
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard let escaped = scalars.next(), ["\\", "'", "\""].contains(escaped) else { return nil }
            result.unicodeScalars.append(escaped)
        }
        return result
    }

    /// FNV-1a of a text: it tells published templates apart and guards against nothing else.
    static func digest(_ text: String) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return sum
    }
}
