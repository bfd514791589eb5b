import CKernels

extension Tape {
    /// The logprob of one token at each of some rows: head, log-softmax and selection in one, a chunk of rows at a time, so that
    /// rows × vocabulary is never held.
    ///
    /// `x`: [T, C]; `head`: [V, C], with a low-rank `update` where given; `rows`: which rows, [n]; `targets`: their tokens, [n]; returns
    /// [n], nats.
    public func selectedLogprobs(
        _ x: Tensor, head: Tensor, update: LowRankTerm? = nil, rows: [Int], targets: [Int32]
    ) -> Tensor {
        let n = rows.count, C = x.width, V = head.rows
        precondition(head.width == C && targets.count == n, "logprobs of \(targets.count) tokens at \(n) rows with head \(head.shape)")
        precondition(rows.allSatisfy { $0 >= 0 && $0 < x.rows }, "a row is outside 0..<\(x.rows)")
        precondition(targets.allSatisfy { $0 >= 0 && $0 < V }, "a token is outside 0..<\(V)")
        let y = make([n], requiresGradient: x.requiresGradient || head.requiresGradient || update.map(learns) ?? false)
        let chunk = max(1, min(n, max(Self.rowsAtLeast, Self.logitsAtOnce / V)))
        let gathered = pool.storage(n * C)
        unsafe Self.gather(rows, of: x.base, width: C, into: gathered.base)
        let logsumexps = pool.storage(max(n, 1))
        let logits = pool.storage(chunk * V)
        for start in stride(from: 0, to: n, by: chunk) {
            let m = min(chunk, n - start)
            unsafe multiply(
                M: m, N: V, K: C, gathered.base + start * C, stride: C, transposedLeft: false, head, .transposed, into: logits.base,
                addend: nil)
            if let update { _ = unsafe addUpdate(update, rows: m, of: gathered.base + start * C, to: logits.base, width: V) }
            unsafe targets.withUnsafeBufferPointer { targets in
                guard let first = targets.baseAddress else { return }
                unsafe ck_selected_logprobs(m, V, logits.base, first + start, y.base + start, logsumexps.base + start)
            }
        }
        withExtendedLifetime(logits) {}
        unsafe record(y) { [self] dy in
            let logits = pool.storage(chunk * V)
            let dGathered = pool.storage(n * C)
            for start in stride(from: 0, to: n, by: chunk) {
                let m = min(chunk, n - start)
                unsafe multiply(
                    M: m, N: V, K: C, gathered.base + start * C, stride: C, transposedLeft: false, head, .transposed, into: logits.base,
                    addend: nil)
                let h = update.map { unsafe addUpdate($0, rows: m, of: gathered.base + start * C, to: logits.base, width: V) }
                unsafe targets.withUnsafeBufferPointer { targets in
                    guard let first = targets.baseAddress else { return }
                    unsafe ck_selected_logprobs_backward(m, V, logits.base, first + start, logsumexps.base + start, dy + start)
                }
                unsafe multiply(
                    M: m, N: C, K: V, logits.base, stride: V, transposedLeft: false, head, .plain, into: dGathered.base + start * C,
                    addend: nil)
                if let update, let h {
                    let chunk = unsafe dGathered.base + start * C
                    unsafe addUpdateGradient(
                        update, rows: m, of: gathered.base + start * C, projected: h, logits.base, width: V, into: chunk, addend: chunk)
                }
                if wantsGradient(head) {
                    let slot = gradient(of: head)
                    unsafe multiply(
                        M: V, N: C, K: m, logits.base, stride: V, gathered.base + start * C, stride: C, into: slot.base,
                        addend: slot.addend)
                }
            }
            if wantsGradient(x) {
                let dx = unsafe zeroedGradient(of: x)
                unsafe Self.scatter(dGathered.base, width: C, onto: rows, of: dx)
            }
            withExtendedLifetime((logits, dGathered)) {}
        }
        withExtendedLifetime((gathered, logsumexps)) {}
        return y
    }

    /// Floats of logits held at once: small enough for the second-level cache beside the head.
    private static let logitsAtOnce = 1 << 17
    /// Rows for which a large head is worth reading.
    private static let rowsAtLeast = 128
}
