public import Autodidact
import Randomness
import Synchronization

/// An engine whose tokens are bytes and whose answers are known: letter after letter of the alphabet, from one that the key decides.
///
/// Token 256 is a mark. An answer to a prompt with a `!` ends by itself after three letters.
public final class ScriptedEngine: GenerationEngine {
    /// What becomes of requests.
    public enum Course: Sendable, Hashable {
        /// They are answered at once.
        case answered
        /// They are told their first letter, and no more until `release`.
        case held
        /// They are refused.
        case refused(GenerationRefusal)
    }

    private struct State {
        var course: Course
        var held: [Int: (GenerationRequest, AsyncStream<GenerationEvent>.Continuation)] = [:]
        var submitted = 0
        var cancelled: Set<Int> = []
    }

    /// The most tokens of a prompt and its continuation.
    public let contextLength: Int
    /// The most sequences of a request.
    public let sequencesAtMost: Int
    private let state: Mutex<State>
    private let (stops, stopper) = AsyncStream.makeStream(of: Void.self)
    private let (cancellations, canceller) = AsyncStream.makeStream(of: Int.self)

    /// An engine that does so with all requests.
    public init(_ course: Course = .answered, contextLength: Int = 64, sequencesAtMost: Int = 8) {
        (self.contextLength, self.sequencesAtMost) = (contextLength, sequencesAtMost)
        state = Mutex(State(course: course))
    }

    /// Bytes, and one mark.
    public var vocabularySize: Int { 257 }

    /// How many requests were taken in.
    public var submitted: Int { state.withLock { $0.submitted } }

    /// Waits until a request that is held has been given up.
    public func cancellation() async { _ = await cancellations.first { _ in true } }

    /// From now on requests are held.
    public func hold() { state.withLock { $0.course = .held } }

    /// Answers those that are held, and from now on all.
    public func release() {
        let held = state.withLock { state in
            defer { state.held = [:] }
            state.course = .answered
            return state.held.values.map { $0 }
        }
        for (request, events) in held { Self.answer(request, to: events, from: 1) }
    }

    /// Its bytes.
    public func prompt(of text: String) throws(GenerationRefusal) -> [TokenID] {
        if text.contains("<|mark|>") { throw .mark("<|mark|>") }
        return text.utf8.map { TokenID($0) }
    }

    /// Each message after the first letter of its role, on lines.
    public func prompt(of turns: [ConversationTurn]) -> [TokenID] {
        turns.flatMap { turn in "\(turn.speaker.rawValue.prefix(1)):\(turn.text)\n".utf8.map { TokenID($0) } } + [256]
    }

    /// The byte.
    public func spelling(of token: TokenID) -> TokenSpelling {
        UInt8(exactly: token).map { TokenSpelling(bytes: [$0], isMark: false) }
            ?? TokenSpelling(bytes: Array("<|mark|>".utf8), isMark: true)
    }

    /// The bytes as text.
    public func text(of tokens: [TokenID]) -> String { String(decoding: tokens.compactMap { UInt8(exactly: $0) }, as: UTF8.self) }

    /// What the answer to a sequence of a request is, in letters.
    public static func letters(_ request: GenerationRequest, sequence: Int) -> [TokenID] {
        let (prompt, sample) = (sequence / request.samples, sequence % request.samples)
        let start = request.options.temperature == 0 ? 0 : Int(request.keys[prompt]("sample", sample).key % 26)
        let endsItself = request.prompts[prompt].contains(TokenID(UInt8(ascii: "!")))
        let count = min(request.options.maximumTokens, endsItself ? 3 : .max)
        return (0..<count).map { TokenID(97 + (start + $0) % 26) }
    }

    /// Takes a request in, or not, as the course has it.
    public func submit(_ request: GenerationRequest) throws(GenerationRefusal) -> GenerationTicket {
        let (events, continuation) = AsyncStream.makeStream(of: GenerationEvent.self)
        let (course, number) = state.withLock { state in
            if case .refused = state.course { return (state.course, 0) }
            state.submitted += 1
            if state.course == .held { state.held[state.submitted] = (request, continuation) }
            return (state.course, state.submitted)
        }
        switch course {
        case .refused(let refusal): throw refusal
        case .held: for sequence in 0..<request.sequences { Self.tell(0, of: sequence, of: request, to: continuation) }
        case .answered: Self.answer(request, to: continuation, from: 0)
        }
        return GenerationTicket(events: events) { [weak self] in self?.cancel(number) }
    }

    /// Does nothing until it is stopped or cancelled; those that are held end early.
    public func run() async {
        for await _ in stops {}
        let held = state.withLock { $0.held.values.map(\.1) }
        for events in held { events.finish() }
    }

    /// Lets `run` end.
    public func stop() { stopper.finish() }

    private func cancel(_ number: Int) {
        guard let (_, events) = state.withLock({ $0.held.removeValue(forKey: number) }) else { return }
        events.finish()
        canceller.yield(number)
    }

    /// One token of a sequence.
    private static func tell(
        _ place: Int, of sequence: Int, of request: GenerationRequest, to events: AsyncStream<GenerationEvent>.Continuation
    ) {
        let letters = letters(request, sequence: sequence)
        guard letters.indices.contains(place) else { return }
        let count = request.alternatives ?? 0
        let alternatives = (0..<count).map { GeneratedToken.Scored((letters[place] + TokenID($0)) % 256, -0.5 - Float($0)) }
        let token = GeneratedToken(letters[place], logprob: -0.5, alternatives: alternatives)
        let isStopped = stopPlace(letters, request).map { place >= $0 } ?? false
        events.yield(.token(sequence: sequence, token, text: isStopped ? "" : String(UnicodeScalar(UInt8(letters[place])))))
    }

    private static func stopPlace(_ letters: [TokenID], _ request: GenerationRequest) -> Int? {
        letters.firstIndex { letter in request.options.stopStrings.contains { Array($0.utf8) == [UInt8(letter)] } }
    }

    private static func answer(_ request: GenerationRequest, to events: AsyncStream<GenerationEvent>.Continuation, from first: Int) {
        for sequence in 0..<request.sequences {
            let prompt = request.prompts[sequence / request.samples]
            if request.scoresPrompts && first == 0 {
                let scored = prompt.enumerated().map { index, token in
                    GeneratedToken(
                        token, logprob: index == 0 ? nil : -0.25, alternatives: index == 0 ? [] : [GeneratedToken.Scored(65, -0.125)])
                }
                events.yield(.prompt(sequence: sequence, scored))
            }
            let letters = letters(request, sequence: sequence)
            let stop = stopPlace(letters, request)
            let count = stop.map { $0 + 1 } ?? letters.count
            for place in first..<max(first, count) { tell(place, of: sequence, of: request, to: events) }
            let reason: StopReason = stop != nil ? .stopString : count < request.options.maximumTokens ? .endOfText : .length
            events.yield(.end(sequence: sequence, reason, text: ""))
        }
        events.finish()
    }
}
