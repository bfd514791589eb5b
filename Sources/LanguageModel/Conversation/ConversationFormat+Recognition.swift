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
        0x91F2_3F71_1E68_DF08: chatML, 0xCE06_6A08_2D5D_38FF: chatML,
        0xFFAA_341E_077E_5071: qwen2,
        0x9305_9E12_A664_C9DD: qwen25,
        0x47DB_CC3C_48AF_763A: qwen3, 0x3A3D_0578_9DD4_0921: qwen3,
        0x768D_C168_7F92_93A8: llama3,
        0x31C9_BC49_3285_E877: llama31, 0x3598_8192_B0C4_10A8: llama31,
    ]

    /// A template's form with a sign in the place of what it says for a system by default, and these words.
    static func takingDefaultSystem(from text: String) -> (form: String, said: String?) {
        let (opening, closing) = ("'<|im_start|>system\n", "<|im_end|>\n'")
        var rest = text[...]
        while let start = rest.firstRange(of: opening) {
            rest = text[start.upperBound...]
            guard let end = rest.firstRange(of: closing) else { break }
            let words = rest[..<end.lowerBound]
            // A quote before the end: what follows is not one string.
            if !words.isEmpty, !words.contains("'"), let said = unescaped(words) {
                return (text.replacing(words, with: "\u{FFFC}"), said)
            }
        }
        return (text, nil)
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
