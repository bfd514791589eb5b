import Tensors

/// One shard of a sampling call: a queue, a cache with slots, and the rows that are being continued.
struct SamplingShard {
    private let transformer: Transformer
    private let adapter: LowRankAdapter?
    private let requests: [ContinuationRequest]
    private let rule: DrawRule
    private let maximumTokens: Int
    private let stopTokens: Set<Int32>
    private let stopTest: (@Sendable ([Int32]) -> Bool)?
    private let pool: BufferPool
    private let cache: AttentionCache
    private var queue: ArraySlice<(request: Int, member: Int)>
    private var freeSlots: [Int]
    private var active: [Row] = []

    /// A continuation under way.
    private struct Row {
        let request: Int
        let member: Int
        let slot: Int
        var sequence = SampledSequence()
        var isFinished = false
    }

    init(
        transformer: Transformer, adapter: LowRankAdapter?, requests: [ContinuationRequest], work: [(Int, Int)], rule: DrawRule,
        maximumTokens: Int, stopTokens: Set<Int32>, stopTest: (@Sendable ([Int32]) -> Bool)?, pool: BufferPool
    ) {
        self.transformer = transformer
        self.adapter = adapter
        self.requests = requests
        self.rule = rule
        self.maximumTokens = maximumTokens
        self.stopTokens = stopTokens
        self.stopTest = stopTest
        self.pool = pool
        let a = transformer.architecture
        let longest = work.map { requests[$0.0].prompt.count }.max() ?? 0
        let capacity = min(a.contextLength, longest + maximumTokens)
        let slotSize = AttentionCache.slotSize(layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: capacity)
        let slots = max(1, min(work.count, Sampler.rowsAtOnce, Sampler.cacheLimit / max(slotSize, 1)))
        cache = AttentionCache(
            slots: slots, layers: a.layers, keyHeads: a.keyHeads, headWidth: a.headWidth, capacity: capacity, pool: pool)
        queue = work.map { (request: $0.0, member: $0.1) }[...]
        freeSlots = Array((0..<slots).reversed())
    }

    /// Works the queue off; `finish` is called once for each continuation.
    mutating func run(finish: (_ request: Int, _ member: Int, SampledSequence) -> Void) {
        guard maximumTokens > 0 else {
            for work in queue { finish(work.request, work.member, SampledSequence()) }
            return
        }
        while !queue.isEmpty || !active.isEmpty {
            // Few prompts at a time make thin products, so a refill waits until a quarter of the slots is free.
            if !queue.isEmpty && (active.isEmpty || freeSlots.count * 4 >= cache.slots) { prefill() } else { decode() }
            for row in active where row.isFinished {
                finish(row.request, row.member, row.sequence)
                freeSlots.append(row.slot)
            }
            active.removeAll(where: \.isFinished)
        }
    }

    /// Fills free slots: each prompt passes through the model once, its keys and values go to the slots of all its samples, and the
    /// first token of each is drawn.
    private mutating func prefill() {
        var prompts: [Int] = []
        var rows: [(prompt: Int, row: Row)] = []
        while let next = queue.first, let slot = freeSlots.popLast() {
            queue.removeFirst()
            if prompts.last != next.request { prompts.append(next.request) }
            rows.append((prompts.count - 1, Row(request: next.request, member: next.member, slot: slot)))
        }
        let packed = PackedSequences(lengths: prompts.map { requests[$0].prompt.count })
        let tape = Tape(recording: false, pool: pool)
        let hidden = transformer.hiddenStates(
            tape, tokens: prompts.flatMap { requests[$0].prompt }, positions: packed.positions, adapter: adapter
        ) { layer, queries, keys, values in
            for (prompt, row) in rows {
                cache.store(keys: keys, values: values, rows: packed.ranges[prompt], layer: layer, slot: row.slot, start: 0)
            }
            return tape.attention(
                q: queries.allColumns, k: keys.allColumns, v: values, headWidth: transformer.architecture.headWidth, sequences: packed)
        }
        let logits = tape.linear(tape.rows(packed.ranges.map { $0.upperBound - 1 }, of: hidden), transformer.head)
        for (prompt, row) in rows {
            var row = row
            draw(&row, from: logits, at: prompt)
            active.append(row)
        }
    }

    /// Continues every active row by one token.
    private mutating func decode() {
        let positions = active.map { Int32(requests[$0.request].prompt.count + $0.sequence.tokens.count - 1) }
        let tokens = active.map { $0.sequence.tokens[$0.sequence.tokens.count - 1] }
        let slots = active.map(\.slot)
        let tape = Tape(recording: false, pool: pool)
        let hidden = transformer.hiddenStates(
            tape, tokens: tokens, positions: positions, adapter: adapter
        ) { layer, queries, keys, values in
            tape.cachedAttention(
                q: queries, k: keys, v: values, headWidth: transformer.architecture.headWidth, cache: cache, layer: layer, slots: slots,
                positions: positions)
        }
        let logits = tape.linear(hidden, transformer.head)
        for index in active.indices { draw(&active[index], from: logits, at: index) }
    }

    private func draw(_ row: inout Row, from logits: Tensor, at index: Int) {
        let request = requests[row.request]
        let drawn = logits.draw(
            row: index, rule: rule, key: request.keys[row.member], counter: row.sequence.tokens.count, pool: pool)
        row.sequence.tokens.append(drawn.token)
        row.sequence.logprobs.append(drawn.logprob)
        row.sequence.drawnLogprobs.append(drawn.drawnLogprob)
        let length = row.sequence.tokens.count
        if stopTokens.contains(drawn.token) {
            row.sequence.end = .stopToken
        } else if let stopTest, stopTest(row.sequence.tokens) {
            row.sequence.end = .stopTest
        } else if length >= maximumTokens || request.prompt.count + length >= transformer.architecture.contextLength {
            row.sequence.end = .length
        } else {
            return
        }
        row.isFinished = true
    }
}
