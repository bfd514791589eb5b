/// A final answer as it was written, and what it says where that can be read.
///
/// LaTeX as it stands in answers of MATH, or plain text: numbers, fractions, roots, powers, π, e, i, letters, functions, units, money,
/// percentages, degrees, tuples, vectors, matrices, sets, intervals, inequalities, equations, ± and letters of multiple choice. The parser
/// reads all of a text or nothing of it.
struct MathAnswer: Sendable {
    /// As it was written, without what surrounds it.
    let text: String
    /// What it says; nil where that cannot be read.
    let value: MathValue?
    private let tokens: [MathToken]?

    /// Reads a text; nil where nothing stands in it.
    init?(_ written: some StringProtocol) {
        let text = MathText.cleaned(written)
        guard !text.isEmpty else { return nil }
        self.text = text
        do {
            let tokens = try MathLexer.tokens(of: text)
            guard !tokens.isEmpty else { return nil }
            self.tokens = tokens
            var reader = MathReader()
            do {
                value = try reader.value(of: try MathParser.answer(of: tokens))
            } catch {
                value = nil
            }
        } catch {
            (tokens, value) = (nil, nil)
        }
    }

    /// Whether what it says is known; else it is only compared as text.
    var isReadable: Bool { value != nil }

    /// Whether both are written alike, but for spaces and spellings of the same sign.
    func isWritten(as other: MathAnswer) -> Bool {
        guard let tokens, let others = other.tokens else { return text == other.text }
        return tokens.map(\.text) == others.map(\.text)
    }

    /// Whether it is proven to say what the reference says.
    ///
    /// Written alike, or with the same value; what cannot be read on either side only counts where it is written alike.
    ///
    /// - Throws: `tooMuchWork` where that could not be found out.
    func agrees(with reference: MathAnswer, listsAreOrdered: Bool = false) throws(MathFault) -> Bool {
        if isWritten(as: reference) { return true }
        guard let value, let expected = reference.value else { return false }
        var comparison = MathComparison(listsAreOrdered: listsAreOrdered)
        do {
            return try comparison.agrees(value, with: expected)
        } catch {
            // Beyond the sizes that are looked at nothing is proven.
            if error == .tooMuchWork { throw error }
            return false
        }
    }

    /// What a row's answer states; nil where nothing stands in it.
    init?(reference written: String) {
        guard let text = MathReference.text(of: written) else { return nil }
        self.init(text)
    }

    /// One text for answers of one value, where it can be read: for votes and records.
    var canonical: String { value.map { MathText.cleaned($0.text) } ?? text }
}
