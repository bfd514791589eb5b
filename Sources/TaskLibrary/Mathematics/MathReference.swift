/// The answer of a row, as rule `math` keeps it.
enum MathReference {
    /// The content of the last box, or of the line behind `####`, where a whole solution is given; else the text itself, cleaned.
    ///
    /// Nil where nothing is left, or what could not stand in a box: braces that do not match, the end of a thought. A reference is its own
    /// reference.
    static func text(of written: String) -> String? {
        var text = MathText.cleaned(written)
        // A box in a box, and so on; each step leaves less.
        while case .stated(let content) = MathResponse.marked(in: Array(text.utf8)[...]) { text = MathText.cleaned(content) }
        guard MathAnswer(text) != nil, MathResponse.marked(in: Array("\\boxed{\(text)}".utf8)[...]) == .stated(text),
            MathResponse.endOfThought(in: Array(text.utf8)[...]) == nil
        else { return nil }
        return text
    }
}
