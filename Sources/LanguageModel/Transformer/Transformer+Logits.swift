import Tensors

extension Transformer {
    /// The logits [T, V] of one sequence, row by row: what the next token may be after each of `tokens`.
    package func logits(_ tokens: [Int32]) -> [Float] {
        let tape = Tape(recording: false)
        let hidden = hiddenStates(tape, tokens: tokens, sequences: PackedSequences(lengths: [tokens.count]))
        return tape.linear(hidden, head).values
    }
}
