/// Names and sentences of any origin as Markdown that shows them and does nothing else.
enum Markdown {
    /// A text on one line, in a table's cell too.
    static func text(_ text: String) -> String {
        var result = ""
        for letter in visibleLine(text) {
            if "\\`*_[]<>|#".contains(letter) { result.append("\\") }
            result.append(letter)
        }
        return result
    }

    /// A text as code on one line, in a table's cell too.
    static func code(_ text: String) -> String {
        "`\(visibleLine(text).replacing("`", with: "'").replacing("|", with: "¦"))`"
    }
}
