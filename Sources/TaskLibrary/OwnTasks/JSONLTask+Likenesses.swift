public import Autodidact

/// Two problems that ask the same in other letters, so that one says what the other's answer is.
public struct Likeness: Sendable, Hashable, Encodable {
    /// The later of the two, by its line.
    public let line: Int
    /// The first that asks the same.
    public let earlier: Int
    /// The part of the task that the later one belongs to.
    public let split: Split
    /// The part of the earlier one; where it is another, a policy is measured on what it has practised.
    public let earlierSplit: Split

    /// Whether one is practised and the other measured, or both measured apart.
    public var isLeak: Bool { split != earlierSplit }
}

extension JSONLTask {
    /// Problems whose prompts differ in case, white space and punctuation alone, in the order of the file.
    ///
    /// Prompts that differ in white space alone lie in one split; case and punctuation are not looked at by that, since records of runs
    /// rest on it. Points and commas between digits are kept, as are all signs of calculation.
    public var likenesses: [Likeness] {
        var first: [String: (line: Int, split: Split)] = [:]
        return problems.compactMap { line, problem in
            let text = Self.folded(problem.prompt)
            guard let known = first[text] else {
                first[text] = (line, problem.split)
                return nil
            }
            return Likeness(line: line, earlier: known.line, split: problem.split, earlierSplit: known.split)
        }
    }

    private static let punctuation = Set(".,;:!?\"'`“”‘’".unicodeScalars)

    /// A prompt without what may differ; the prompt itself where nothing else is in it.
    private static func folded(_ prompt: String) -> String {
        let scalars = Array(prompt.lowercased().unicodeScalars)
        func isDigit(_ index: Int) -> Bool { scalars.indices.contains(index) && "0"..."9" ~= scalars[index] }
        let kept = scalars.indices.filter { index in
            if scalars[index].properties.isWhitespace { return false }
            return !punctuation.contains(scalars[index]) || isDigit(index - 1) && isDigit(index + 1)
        }
        return kept.isEmpty ? prompt : String(String.UnicodeScalarView(kept.map { scalars[$0] }))
    }
}
