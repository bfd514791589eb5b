import Tensors

/// What one core continues of a running batch.
struct BatchLane {
    private let passes: SlottedPasses
    private let pool: BufferPool
    private var freeSlots: [Int]
    private var joining: [Row] = []
    private var active: [Row] = []

    /// Positions of a prompt whose logits are held at once.
    private static let positionsAtOnce = 128

    /// A sequence under way.
    private struct Row {
        let id: Int
        let entry: BatchEntry
        let slot: Int
        /// How many tokens were drawn, and the last of them.
        var count = 0
        var last: Int32 = 0

        /// Draws the next token from a row of logits.
        mutating func draw(from logits: Tensor, at row: Int, pool: BufferPool, into outcome: inout BatchOutcome) {
            let drawn = logits.draw(row: row, rule: entry.rule, key: entry.key, counter: count, pool: pool)
            outcome.drawn = BatchToken(
                chosen: RankedToken(token: drawn.token, logprob: drawn.logprob),
                alternatives: logits.mostProbable(entry.alternatives, row: row))
            (count, last) = (count + 1, drawn.token)
            if entry.stopTokens.contains(drawn.token) {
                outcome.end = .stopToken
            } else if count >= entry.maximumTokens {
                outcome.end = .length
            }
        }
    }

    init(_ transformer: Transformer, adapter: LowRankAdapter?, rows: Int, capacity: Int) {
        let pool = BufferPool()
        self.pool = pool
        passes = SlottedPasses(transformer, adapter: adapter, slots: rows, capacity: capacity, pool: pool)
        freeSlots = Array((0..<rows).reversed())
    }

    var freeRows: Int { freeSlots.count }

    /// Whether a sequence of the same prompt has joined since the last step, with which it would be read.
    func reads(_ prompt: [Int32]) -> Bool { joining.contains { $0.entry.prompt == prompt } }

    /// Takes a sequence in; its prompt is read in the next step.
    mutating func join(_ entry: BatchEntry, id: Int) {
        guard let slot = freeSlots.popLast() else { preconditionFailure("more sequences than free rows") }
        joining.append(Row(id: id, entry: entry, slot: slot))
    }

    /// Lets a sequence go; false where it is not here.
    mutating func leave(_ id: Int) -> Bool {
        for rows in [\BatchLane.joining, \BatchLane.active] {
            guard let place = self[keyPath: rows].firstIndex(where: { $0.id == id }) else { continue }
            freeSlots.append(self[keyPath: rows].remove(at: place).slot)
            return true
        }
        return false
    }

    /// Draws one token for every sequence, and reads the prompts of those that have joined.
    mutating func step() -> [BatchOutcome] {
        var outcomes = decode()
        outcomes += read()
        let ended = Set(outcomes.filter { $0.end != nil }.map(\.id))
        active.removeAll { row in
            guard ended.contains(row.id) else { return false }
            freeSlots.append(row.slot)
            return true
        }
        return outcomes
    }

    private mutating func decode() -> [BatchOutcome] {
        guard !active.isEmpty else { return [] }
        let positions = active.map { Int32($0.entry.prompt.count + $0.count - 1) }
        let logits = passes.advance(active.map(\.last), at: positions, slots: active.map(\.slot))
        var outcomes: [BatchOutcome] = []
        for index in active.indices {
            var outcome = BatchOutcome(id: active[index].id)
            active[index].draw(from: logits, at: index, pool: pool, into: &outcome)
            outcomes.append(outcome)
        }
        return outcomes
    }

    private mutating func read() -> [BatchOutcome] {
        guard !joining.isEmpty else { return [] }
        var prompts: [(tokens: [Int32], slots: [Int])] = []
        var places: [Int] = []
        for row in joining {
            let known = prompts.firstIndex { $0.tokens == row.entry.prompt }
            places.append(known ?? prompts.count)
            if let known { prompts[known].slots.append(row.slot) } else { prompts.append((row.entry.prompt, [row.slot])) }
        }
        let reading = passes.read(prompts)
        let logits = reading.logitsOfNext()
        var outcomes: [BatchOutcome] = []
        for (row, place) in zip(joining, places) {
            var (row, outcome) = (row, BatchOutcome(id: row.id))
            if row.entry.scoresPrompt { outcome.prompt = Self.scores(of: row.entry, prompt: place, in: reading) }
            if row.entry.maximumTokens > 0 {
                row.draw(from: logits, at: place, pool: pool, into: &outcome)
            } else {
                outcome.end = .length
            }
            active.append(row)
            outcomes.append(outcome)
        }
        joining = []
        return outcomes
    }

    /// The logprobs of a prompt's own tokens but the first.
    private static func scores(of entry: BatchEntry, prompt: Int, in reading: PromptReading) -> [BatchToken] {
        var tokens: [BatchToken] = []
        let scored = entry.prompt.count - 1
        for start in stride(from: 0, to: scored, by: positionsAtOnce) {
            let positions = start..<min(start + positionsAtOnce, scored)
            let logits = reading.logits(ofPrompt: prompt, at: positions)
            for (row, position) in positions.enumerated() {
                let token = entry.prompt[position + 1]
                tokens.append(
                    BatchToken(
                        chosen: RankedToken(token: token, logprob: logits.logprob(row: row, of: token)),
                        alternatives: logits.mostProbable(entry.alternatives, row: row)))
            }
        }
        return tokens
    }
}
