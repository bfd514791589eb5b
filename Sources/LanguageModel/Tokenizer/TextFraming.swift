/// The tokens that a tokenizer's own files put around a text, such as a mark for its beginning.
///
/// `encode` never adds them; who renders a prompt decides.
public struct TextFraming: Hashable, Sendable {
    /// What stands before a text; Llama's tokenizers name their beginning-of-text token here.
    public let before: [Int32]
    /// What stands after it.
    public let after: [Int32]

    /// Nothing around a text.
    static let none = TextFraming(before: [], after: [])
}

extension TextFraming {
    /// Reads the `post_processor` of a `tokenizer.json`.
    init(json: JSONValue, ids: [Spelling: Int32], file: String) throws(TokenizerError) {
        var framing = TextFraming.none
        let parts = json["type"]?.string == "Sequence" ? json["processors"]?.array : [json]
        guard let parts else { throw .malformed(file: file, field: "post_processor.processors", reason: "it must be a list") }
        for part in parts where part != .null {
            switch part["type"]?.string {
            case "ByteLevel": continue  // it moves offsets, which this engine does not report
            case "TemplateProcessing":
                let template = try Self(template: part, ids: ids, file: file)
                framing = TextFraming(before: template.before + framing.before, after: framing.after + template.after)
            case let type:
                throw .unsupported(
                    file: file, field: "post_processor.type", found: type ?? part.kind,
                    supported: "null, ByteLevel, TemplateProcessing, or a Sequence of these")
            }
        }
        self = framing
    }

    private init(template: JSONValue, ids: [Spelling: Int32], file: String) throws(TokenizerError) {
        let field = "post_processor.TemplateProcessing.single"
        guard let pieces = template["single"]?.array else { throw .malformed(file: file, field: field, reason: "it must be a list") }
        var (before, after): ([Int32], [Int32]) = ([], [])
        var texts = 0
        for piece in pieces {
            if let name = piece["SpecialToken"]?["id"]?.string {
                let listed = template["special_tokens"]?[name]?["ids"]?.array?.compactMap { $0.integer.flatMap(Int32.init(exactly:)) }
                guard let tokens = listed ?? ids[Spelling(name)].map({ [$0] }), tokens.allSatisfy({ 0..<Int32(ids.count) ~= $0 }) else {
                    throw .malformed(file: file, field: field, reason: "“\(name)” is not a token")
                }
                if texts == 0 { before += tokens } else { after += tokens }
            } else if piece["Sequence"]?["id"]?.string == "A" {
                texts += 1
            } else {
                throw .malformed(file: file, field: field, reason: "it must hold special tokens and the sequence A")
            }
        }
        guard texts == 1 else { throw .malformed(file: file, field: field, reason: "it must hold the sequence A once") }
        self.init(before: before, after: after)
    }
}
