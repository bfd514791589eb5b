/// How sentencepiece tokenizers cut text: spaces become a visible mark, and words begin with it (`Metaspace`).
struct SpaceMarking: Hashable, Sendable {
    /// Which texts get a mark in front where they do not begin with one.
    enum Front: String, Hashable, Sendable { case first, always, never }

    /// The mark, "▁".
    let mark: String
    let front: Front
    /// Whether each mark begins a word of its own; otherwise the whole text is one word.
    let splits: Bool

    /// The text with its marks; `isStart` says whether it begins the whole text.
    func apply(_ text: [UInt8], isStart: Bool) -> [UInt8] {
        let mark = Array(mark.utf8)
        let marked = text.replacing([UInt8(ascii: " ")], by: mark)
        guard front == .always || front == .first && isStart, !marked.starts(with: mark) else { return marked }
        return mark + marked
    }
}

extension SpaceMarking {
    /// Reads a part called `Metaspace`, which is a pre-tokenizer and a decoder under one name.
    init(json: JSONValue, field: String, file: String) throws(TokenizerError) {
        guard let mark = json["replacement"]?.string, mark.unicodeScalars.count == 1 else {
            throw .malformed(file: file, field: "\(field).replacement", reason: "it must be one character")
        }
        // Older files say add_prefix_space, which is either always or never.
        let scheme = json["prepend_scheme"]?.string ?? (json["add_prefix_space"]?.bool == false ? "never" : "always")
        guard let front = Front(rawValue: scheme) else {
            throw .unsupported(file: file, field: "\(field).prepend_scheme", found: scheme, supported: "first, always, never")
        }
        self.init(mark: mark, front: front, splits: json["split"]?.bool ?? true)
    }
}
