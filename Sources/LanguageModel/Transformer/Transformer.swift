public import Tensors

/// A decoder over flat parameters with the names of Hugging Face checkpoints.
///
/// There is one forward: training, prefill and sampling differ only in how a block attends, which is handed in.
public final class Transformer: Sendable {
    /// The sizes.
    public let architecture: Architecture
    /// All weights.
    public let parameters: Parameters
    let blocks: [Block]
    let embedding: Tensor
    let finalGain: Tensor
    /// [V, C]: the embedding table again where the head is tied.
    let head: Tensor
    let rotary: RotaryTable

    /// One decoder block's parameters.
    ///
    /// Query, key and value projections lie next to each other and are used as one matrix; so do the feed-forward block's gate and up
    /// projections.
    struct Block: Sendable {
        let attentionGain: Tensor
        let queryKeyValue: Projection
        /// The gains of the query and key norms, where the architecture has them.
        let headGains: (queries: Tensor, keys: Tensor)?
        let attentionOutput: Projection
        let feedForwardGain: Tensor
        let gateUp: Projection
        let down: Projection
    }

    /// A decoder with zero weights, to be initialised or loaded.
    public init(_ architecture: Architecture) {
        let a = architecture
        precondition(a.heads % a.keyHeads == 0, "\(a.heads) heads do not divide into \(a.keyHeads) key heads")
        self.architecture = a
        parameters = Parameters(Self.specifications(a))
        let parameters = parameters
        func projection(_ name: String, _ rows: Int, _ columns: Int, _ bias: Architecture.Biases) -> Projection {
            Projection(
                weight: parameters.tensor(name + ".weight", shape: [rows, columns]),
                bias: a.biases.contains(bias) ? parameters.tensor(name + ".bias", shape: [rows]) : nil)
        }
        blocks = (0..<a.layers).map { layer in
            let name = "model.layers.\(layer)."
            func gain(_ part: String, _ width: Int) -> Tensor { parameters.tensor(name + part, shape: [width]) }
            return Block(
                attentionGain: gain("input_layernorm.weight", a.width),
                queryKeyValue: projection(name + "self_attn.q_proj", a.queryWidth + 2 * a.keyWidth, a.width, .queryKeyValue),
                headGains: a.normalizesHeads
                    ? (gain("self_attn.q_norm.weight", a.headWidth), gain("self_attn.k_norm.weight", a.headWidth)) : nil,
                attentionOutput: projection(name + "self_attn.o_proj", a.width, a.queryWidth, .attentionOutput),
                feedForwardGain: gain("post_attention_layernorm.weight", a.width),
                gateUp: projection(name + "mlp.gate_proj", 2 * a.feedForward, a.width, .feedForward),
                down: projection(name + "mlp.down_proj", a.width, a.feedForward, .feedForward))
        }
        embedding = parameters.tensor("model.embed_tokens.weight", shape: [a.vocabulary, a.width])
        finalGain = parameters.tensor("model.norm.weight", shape: [a.width])
        head = a.tiesHead ? embedding : parameters.tensor("lm_head.weight", shape: [a.vocabulary, a.width])
        rotary = RotaryTable(positions: a.contextLength, headWidth: a.headWidth, theta: a.rotaryTheta, scaling: a.rotaryScaling)
    }

    /// Renews what is kept of the weights for products, over cores, before shards of work ask for it.
    func prepare(cores: Cores, forBackward: Bool) {
        let matrices = blocks.flatMap { [$0.queryKeyValue, $0.attentionOutput, $0.gateUp, $0.down].map(\.weight) } + [head]
        cores.forEach(matrices.count) { matrices[$0].pack(forBackward: forBackward) }
    }

    /// How a block attends: queries [T, H·D] and keys [T, K·D], rotated, and values within fused rows; returns [T, H·D].
    typealias Attend = (_ layer: Int, _ queries: Tensor, _ keys: Tensor, _ values: Columns) -> Tensor

    /// The normed hidden states [T, C] of tokens at positions, from which the head reads logits, with the updates of an adapter.
    func hiddenStates(_ tape: Tape, tokens: [Int32], positions: [Int32], adapter: LowRankAdapter? = nil, attend: Attend) -> Tensor {
        let a = architecture
        var x_TC = tape.embedding(tokens, table: embedding)
        for (layer, block) in blocks.enumerated() {
            let update = adapter?.layers[layer]
            let h_TC = tape.rmsNorm(x_TC, gain: block.attentionGain, epsilon: a.normEpsilon)
            let qkv = tape.project(h_TC, block.queryKeyValue, update: update?.queryKeyValue)
            let queries = placed(tape, qkv.columns(0..<a.queryWidth), gain: block.headGains?.queries, positions)
            let keys = placed(tape, qkv.columns(a.queryWidth..<a.queryWidth + a.keyWidth), gain: block.headGains?.keys, positions)
            let values = qkv.columns(a.queryWidth + a.keyWidth..<a.queryWidth + 2 * a.keyWidth)
            x_TC = tape.project(
                attend(layer, queries, keys, values), block.attentionOutput, addedTo: x_TC, update: update?.attentionOutput)
            let g_TC = tape.rmsNorm(x_TC, gain: block.feedForwardGain, epsilon: a.normEpsilon)
            let s_TF = tape.swiGLU(tape.project(g_TC, block.gateUp, update: update?.gateUp))
            x_TC = tape.project(s_TF, block.down, addedTo: x_TC, update: update?.down)
            // A fifth of what a block would keep; computing it again takes a hundredth of the products' time.
            for tensor in [h_TC, queries, keys, g_TC] { tape.forget(tensor) }
        }
        return tape.rmsNorm(x_TC, gain: finalGain, epsilon: a.normEpsilon)
    }

    /// Query or key heads, rotated by their rows' positions and, where there is a gain, normalised before.
    private func placed(_ tape: Tape, _ heads: Columns, gain: Tensor?, _ positions: [Int32]) -> Tensor {
        if let gain {
            tape.normRotate(heads, gain: gain, epsilon: architecture.normEpsilon, positions: positions, table: rotary)
        } else {
            tape.rotate(heads, positions: positions, table: rotary)
        }
    }

    /// The hidden states of whole sequences laid end to end.
    func hiddenStates(_ tape: Tape, tokens: [Int32], sequences: PackedSequences, adapter: LowRankAdapter? = nil) -> Tensor {
        hiddenStates(tape, tokens: tokens, positions: sequences.positions, adapter: adapter) { _, queries, keys, values in
            tape.attention(
                q: queries.allColumns, k: keys.allColumns, v: values, headWidth: architecture.headWidth, sequences: sequences)
        }
    }
}
