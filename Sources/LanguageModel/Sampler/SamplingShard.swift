import Tensors

/// One shard of a sampling call: a cache with slots and the rows that are being continued; a queue fills free slots.
struct SamplingShard {
    private let job: SamplingJob
    private let queue: ContinuationQueue
    private let pool: BufferPool
    private let passes: SlottedPasses
    private var freeSlots: [Int]
    private var active: [Row] = []

    /// A continuation under way.
    private struct Row {
        let entry: ContinuationQueue.Entry
        let slot: Int
        var sequence = SampledSequence()
        var isFinished = false

        /// Draws the next token from a row of logits.
        ///
        /// Not a method of the shard, whose rows would be copied for each call.
        mutating func draw(from logits: Tensor, at index: Int, _ job: SamplingJob, pool: BufferPool) {
            let drawn = logits.draw(
                row: index, rule: job.rule, key: job.requests[entry.request].keys[entry.member], counter: sequence.tokens.count, pool: pool)
            sequence.tokens.append(drawn.token)
            sequence.logprobs.append(drawn.logprob)
            sequence.drawnLogprobs.append(drawn.drawnLogprob)
            let length = sequence.tokens.count
            if job.stopTokens.contains(drawn.token) {
                sequence.end = .stopToken
            } else if let stopTest = job.stopTest, stopTest(sequence.tokens) {
                sequence.end = .stopTest
            } else if length >= job.maximumTokens
                || job.requests[entry.request].prompt.count + length >= job.transformer.architecture.contextLength
            {
                sequence.end = .length
            } else {
                return
            }
            isFinished = true
        }
    }

    /// A shard of at most so many rows at a time.
    init(_ job: SamplingJob, queue: ContinuationQueue, rows: Int, pool: BufferPool) {
        self.job = job
        self.queue = queue
        self.pool = pool
        let slots = max(1, min(queue.count, rows))
        passes = SlottedPasses(job.transformer, adapter: job.adapter, slots: slots, capacity: job.capacity, pool: pool)
        freeSlots = Array((0..<slots).reversed())
    }

    /// Works the queue off; `finish` is called once for each continuation.
    mutating func run(finish: (ContinuationQueue.Entry, SampledSequence) -> Void) {
        guard job.maximumTokens > 0 else {
            for entry in queue.take(queue.count) { finish(entry, SampledSequence()) }
            return
        }
        while true {
            // Few prompts at a time make thin products, so a refill waits until a quarter of the slots is free.
            if active.isEmpty || freeSlots.count * 4 >= passes.slots {
                let entries = queue.take(freeSlots.count)
                if entries.isEmpty && active.isEmpty { return }
                if entries.isEmpty { decode() } else { prefill(entries) }
            } else {
                decode()
            }
            active.removeAll { row in
                guard row.isFinished else { return false }
                finish(row.entry, row.sequence)
                freeSlots.append(row.slot)
                return true
            }
        }
    }

    /// Fills free slots: each prompt passes through the model once, its keys and values go to the slots of all its samples, and the
    /// first token of each is drawn.
    private mutating func prefill(_ entries: ArraySlice<ContinuationQueue.Entry>) {
        var prompts: [(request: Int, slots: [Int])] = []
        var rows: [(prompt: Int, row: Row)] = []
        for entry in entries {
            guard let slot = freeSlots.popLast() else { preconditionFailure("more continuations than free slots") }
            if prompts.last?.request != entry.request { prompts.append((entry.request, [])) }
            prompts[prompts.count - 1].slots.append(slot)
            rows.append((prompts.count - 1, Row(entry: entry, slot: slot)))
        }
        let logits = passes.read(prompts.map { (job.requests[$0.request].prompt, $0.slots) }).logitsOfNext()
        for (prompt, row) in rows {
            var row = row
            row.draw(from: logits, at: prompt, job, pool: pool)
            active.append(row)
        }
    }

    /// Continues every active row by one token.
    private mutating func decode() {
        let positions = active.map { Int32(job.requests[$0.entry.request].prompt.count + $0.sequence.tokens.count - 1) }
        let tokens = active.map { $0.sequence.tokens[$0.sequence.tokens.count - 1] }
        let logits = passes.advance(tokens, at: positions, slots: active.map(\.slot))
        for index in active.indices { active[index].draw(from: logits, at: index, job, pool: pool) }
    }
}
