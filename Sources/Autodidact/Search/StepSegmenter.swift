/// Where one step of a response ends and the next begins.
///
/// A step ends with the token that completes a boundary, so that steps are whole tokens; the response ends with the end-of-text token.
public struct StepSegmenter: Sendable, Hashable, Codable {
    /// Texts that end a step and stay part of it.
    public let boundaries: [String]
    /// The most tokens of a step.
    public let maximumTokens: Int

    /// Steps that end with any of these texts, or after so many tokens.
    public init(boundaries: [String], maximumTokens: Int) {
        precondition(maximumTokens > 0 && boundaries.allSatisfy { !$0.isEmpty }, "a step needs room and boundaries that are no empty text")
        self.boundaries = boundaries
        self.maximumTokens = maximumTokens
    }

    /// One line, its line break included.
    public static func line(maximumTokens: Int) -> StepSegmenter {
        StepSegmenter(boundaries: ["\n"], maximumTokens: maximumTokens)
    }

    /// One sentence, the space after it included, or one line.
    public static func sentence(maximumTokens: Int) -> StepSegmenter {
        StepSegmenter(boundaries: [". ", "! ", "? ", "\n"], maximumTokens: maximumTokens)
    }

    /// Options that sample one step, of at most `room` tokens.
    public func sampling(temperature: Float, room: Int) -> SamplingOptions {
        SamplingOptions(temperature: temperature, maximumTokens: min(maximumTokens, room), stopStrings: boundaries)
    }

    /// The token ranges of the steps of a whole response, in order and without gaps; an end-of-text token stays with the step before it.
    ///
    /// - Parameter decode: The text of tokens, as the policy decodes them.
    public func steps(of tokens: [TokenID], decode: ([TokenID]) -> String) -> [Range<Int>] {
        var steps: [Range<Int>] = []
        var start = 0
        for end in 1..<max(1, tokens.count + 1) {
            let text = decode(Array(tokens[start..<end]))
            guard end - start >= maximumTokens || boundaries.contains(where: { text.contains($0) }) else { continue }
            steps.append(start..<end)
            start = end
        }
        guard start < tokens.count else { return steps }
        let rest = start..<tokens.count
        guard let last = steps.last, decode(Array(tokens[rest])).isEmpty else { return steps + [rest] }
        return steps.dropLast() + [last.lowerBound..<tokens.count]
    }
}
