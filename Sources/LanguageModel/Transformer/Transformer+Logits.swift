import Tensors

extension Transformer {
    /// What the head reads from hidden states [T, C], with the update of an adapter: [T, V].
    func logits(_ tape: Tape, _ hidden: Tensor, adapter: LowRankAdapter? = nil) -> Tensor {
        let logits = tape.linear(hidden, head)
        return adapter?.head.map { tape.adding($0, of: hidden, to: logits) } ?? logits
    }

    /// The logits [T, V] of one sequence, row by row: what the next token may be after each of `tokens`.
    package func logits(_ tokens: [Int32]) -> [Float] {
        let tape = Tape(recording: false)
        return logits(tape, hiddenStates(tape, tokens: tokens, sequences: PackedSequences(lengths: [tokens.count]))).values
    }
}
