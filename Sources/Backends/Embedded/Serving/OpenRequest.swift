import Autodidact
import LanguageModel
import Randomness
import Tensors

/// A request under way: what its sequences have written, told as it becomes certain.
struct OpenRequest {
    private let request: GenerationRequest
    private let events: AsyncStream<GenerationEvent>.Continuation
    private var texts: [SequenceText]
    /// Sequences that have not ended.
    private(set) var open: Set<Int>

    private struct SequenceText {
        var tokens: TokenTextStream
        var scanner: StopScanner
    }

    init(_ arrival: WaitingRoom.Arrival, tokenizer: BPETokenizer) {
        request = arrival.request
        events = arrival.events
        open = Set(0..<request.sequences)
        texts = (0..<request.sequences).map { [request] sequence in
            let context = request.continuesText ? request.prompts[sequence / request.samples] : []
            return SequenceText(tokens: TokenTextStream(tokenizer, after: context), scanner: StopScanner(request.options.stopStrings))
        }
    }

    /// A sequence as the batch takes it.
    func entry(_ sequence: Int, stopTokens: Set<TokenID>) -> BatchEntry {
        let (prompt, sample) = (sequence / request.samples, sequence % request.samples)
        let options = request.options
        return BatchEntry(
            prompt: request.prompts[prompt], key: request.keys[prompt]("sample", sample).key,
            rule: DrawRule(temperature: options.temperature, topK: options.topK, topP: options.topP),
            maximumTokens: options.maximumTokens, stopTokens: stopTokens, alternatives: request.alternatives ?? 0,
            scoresPrompt: request.scoresPrompts)
    }

    /// Tells what a step did to a sequence; false where a stop string has ended it, so that it has to leave the batch.
    mutating func receive(_ outcome: BatchOutcome, of sequence: Int) -> Bool {
        if let scores = outcome.prompt {
            let first = GeneratedToken(request.prompts[sequence / request.samples][0], logprob: nil)
            events.yield(.prompt(sequence: sequence, [first] + scores.map { GeneratedToken($0) }))
        }
        var end = outcome.end.map { StopReason($0) }
        if let drawn = outcome.drawn {
            let piece = texts[sequence].tokens.append(drawn.chosen.token)
            let text = texts[sequence].scanner.append(piece)
            events.yield(.token(sequence: sequence, GeneratedToken(drawn), text: text))
            if texts[sequence].scanner.hasStopped { end = .stopString }
        }
        guard let end else { return true }
        open.remove(sequence)
        let piece = texts[sequence].tokens.finish()
        var rest = texts[sequence].scanner.append(piece)
        // What the last bytes spell can be a stop string too.
        let isStopped = texts[sequence].scanner.hasStopped
        if !isStopped { rest += texts[sequence].scanner.finish() }
        events.yield(.end(sequence: sequence, isStopped ? .stopString : end, text: rest))
        if open.isEmpty { events.finish() }
        return end != .stopString || outcome.end != nil
    }

    /// Ends the events where the request is over before its sequences are.
    func abandon() { events.finish() }
}

extension GeneratedToken {
    fileprivate init(_ token: BatchToken) {
        self.init(
            token.chosen.token, logprob: token.chosen.logprob, alternatives: token.alternatives.map { Scored($0.token, $0.logprob) })
    }
}
