/// How settings are written by people, on the command line.
enum SettingsText {
    /// What `text` may mean as a value like `current`, likeliest first; empty where it cannot be one.
    static func readings(of text: String, like current: JSONNode) -> [JSONNode] {
        switch current {
        case _ where current.isNumber && isInfinity(text): [.string(text)]
        case .bool: text == "true" ? [.bool(true)] : text == "false" ? [.bool(false)] : []
        case .number: JSONNode(number: text).map { [$0] } ?? []
        // A number whose present value is infinity looks like text; what decodes decides.
        case .string: (current.isNumber ? JSONNode(number: text).map { [$0] } ?? [] : []) + [.string(text)]
        case .array: lists(text)
        case .null: (JSONNode(number: text).map { [$0] } ?? []) + [.string(text)]
        case .object: []
        }
    }

    /// The value as `readings` takes it.
    static func text(of node: JSONNode) -> String {
        switch node {
        case .string(let value): return value
        case .array(let elements):
            let texts = elements.map { element -> String? in
                switch element {
                case .number(let digits): digits
                case .string(let value) where isPlain(value): value
                default: nil
                }
            }
            return texts.contains(nil) ? node.text : texts.compactMap(\.self).joined(separator: ",")
        default: return node.text
        }
    }

    private static func isInfinity(_ text: String) -> Bool { text == "infinity" || text == "-infinity" }

    /// Whether an element of a list can be written without quotes.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && !text.contains(",") && !text.hasPrefix("[") && text == text.withoutOuterSpace
    }

    private static func lists(_ text: String) -> [JSONNode] {
        if text.hasPrefix("[") {
            // Broken JSON in brackets is not a list of words.
            guard let node = try? JSONNodeReader.read(text), case .array = node else { return [] }
            return [node]
        }
        guard !text.isEmpty else { return [.array([])] }
        let elements = text.split(separator: ",", omittingEmptySubsequences: false).map(\.withoutOuterSpace)
        let numbers = elements.compactMap { JSONNode(number: $0) }
        return (numbers.count == elements.count ? [.array(numbers)] : []) + [.array(elements.map(JSONNode.string))]
    }
}
