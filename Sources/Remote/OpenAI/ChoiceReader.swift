import Autodidact

/// Makes a completion of what an endpoint answered.
///
/// Its tokens are the endpoint's own where these are told and spell the text; else as many pieces of the text as were counted, cut evenly,
/// since where the cuts are matters to nobody then. Logprobs are kept where all of them are known, that of the end included, and are those
/// of the model's own distribution: away from temperature 1 servers differ in what they report.
struct ChoiceReader {
    let text: EndpointText
    let url: String
    let options: SamplingOptions
    /// Whether the logprobs that are told are of the model's own distribution.
    let isOwn: Bool

    /// A part of a completion.
    private struct Piece {
        let bytes: [UInt8]
        var logprob: Float?
    }

    /// - Parameter counted: The tokens that the endpoint counted for this completion; nil where it did not.
    func completion(of choice: EndpointChoice, counted: Int?) throws(OpenAIError) -> Completion {
        var reason = try stopReason(of: choice)
        var said = choice.text
        if reason == .endOfText, let stop = choice.stopString, options.stopStrings.contains(stop) {
            // Servers leave it out, and here it is part of the completion.
            if !said.hasSuffix(stop) { said += stop }
            reason = .stopString
        }
        let told = told(said, in: choice)
        if told == nil, let end = Self.end(of: options.stopStrings, in: said) {
            (said, reason) = (String(said[..<end]), .stopString)
        }
        var (pieces, after) = told ?? (cut(said, counted: counted, isEnded: reason == .endOfText), [])
        var tokens = pieces.map { text.pieces.token($0.bytes) }
        if let count = StopStrings(options.stopStrings, text: text).end(in: tokens) {
            (tokens, pieces, reason) = (Array(tokens.prefix(count)), Array(pieces.prefix(count)), .stopString)
        }
        // A number of tokens that leaves no room for the end is the limit that was reached.
        if reason == .endOfText && tokens.count >= options.maximumTokens { reason = .length }
        if tokens.count > options.maximumTokens {
            throw .inconsistent(
                url: url, reason: "a completion has \(tokens.count) tokens, and at most \(options.maximumTokens) were asked for")
        }
        if reason == .endOfText {
            tokens.append(TokenPieces.end)
            pieces.append(Piece(bytes: [], logprob: after.count == 1 ? after[0].logprob : nil))
        }
        let known = pieces.compactMap(\.logprob)
        let isKnown = isOwn && known.count == tokens.count && known.allSatisfy(\.isFinite)
        let drawn = options.temperature == 0 ? tokens.map { _ in 0 } : isKnown && options.isPlain ? known : []
        return Completion(
            tokens: tokens, logprobs: Logprobs(isKnown ? known : []), drawnLogprobs: Logprobs(drawn), stopReason: reason)
    }

    private func stopReason(of choice: EndpointChoice) throws(OpenAIError) -> StopReason {
        switch choice.finishReason {
        case "stop", "eos", "eos_token", "stop_sequence", "end_turn": return .endOfText
        // What a filter has cut off was cut off.
        case "length", "max_tokens", "content_filter": return .length
        case let other:
            throw .inconsistent(url: url, reason: "a completion ended for the reason '\(other ?? "null")'")
        }
    }

    /// The tokens that spell what was said, and those behind it; nil where they are not told, or say something else.
    private func told(_ said: String, in choice: EndpointChoice) -> (pieces: [Piece], after: [EndpointToken])? {
        guard let tokens = choice.tokens, tokens.flatMap(\.bytes).starts(with: said.utf8) else { return nil }
        let length = said.utf8.count
        var (count, reached) = (0, 0)
        while reached < length {
            reached += tokens[count].bytes.count
            count += 1
        }
        // A stop string may end within a token, which then is the last.
        guard reached == length || choice.stopString != nil else { return nil }
        return (tokens[..<count].map { Piece(bytes: $0.bytes, logprob: $0.logprob) }, Array(tokens[count...]))
    }

    /// Where the first stop string ends.
    private static func end(of stops: [String], in said: String) -> String.Index? {
        stops.compactMap { $0.isEmpty ? nil : said.firstRange(of: $0)?.upperBound }.min()
    }

    private func cut(_ said: String, counted: Int?, isEnded: Bool) -> [Piece] {
        let characters = Array(said)
        guard !characters.isEmpty else { return [] }
        let end = isEnded ? 1 : 0
        let wanted = min(max(counted ?? said.utf8.count, 0), options.maximumTokens) - end
        let count = min(max(wanted, 1), characters.count)
        return (0..<count).map { place in
            let part = characters[(place * characters.count / count)..<((place + 1) * characters.count / count)]
            return Piece(bytes: Array(String(part).utf8))
        }
    }
}
