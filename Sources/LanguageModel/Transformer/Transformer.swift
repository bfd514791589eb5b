public import Randomness
public import Tensors

/// A Qwen3-style decoder over flat parameters with the names of Hugging Face checkpoints.
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
        let queryKeyValue: Tensor
        let queryGain: Tensor
        let keyGain: Tensor
        let attentionOutput: Tensor
        let feedForwardGain: Tensor
        let gateUp: Tensor
        let down: Tensor
    }

    /// A decoder with zero weights, to be initialised or loaded.
    public init(_ architecture: Architecture) {
        let a = architecture
        precondition(a.heads % a.keyHeads == 0, "\(a.heads) heads do not divide into \(a.keyHeads) key heads")
        self.architecture = a
        parameters = Parameters(Self.specifications(a))
        var blocks: [Block] = []
        for layer in 0..<a.layers {
            let name = "model.layers.\(layer)."
            blocks.append(
                Block(
                    attentionGain: parameters.tensor(name + "input_layernorm.weight", shape: [a.width]),
                    queryKeyValue: parameters.tensor(
                        name + "self_attn.q_proj.weight", shape: [a.queryWidth + 2 * a.keyWidth, a.width]),
                    queryGain: parameters.tensor(name + "self_attn.q_norm.weight", shape: [a.headWidth]),
                    keyGain: parameters.tensor(name + "self_attn.k_norm.weight", shape: [a.headWidth]),
                    attentionOutput: parameters.tensor(name + "self_attn.o_proj.weight", shape: [a.width, a.queryWidth]),
                    feedForwardGain: parameters.tensor(name + "post_attention_layernorm.weight", shape: [a.width]),
                    gateUp: parameters.tensor(name + "mlp.gate_proj.weight", shape: [2 * a.feedForward, a.width]),
                    down: parameters.tensor(name + "mlp.down_proj.weight", shape: [a.width, a.feedForward])))
        }
        self.blocks = blocks
        embedding = parameters.tensor("model.embed_tokens.weight", shape: [a.vocabulary, a.width])
        finalGain = parameters.tensor("model.norm.weight", shape: [a.width])
        head = a.tiesHead ? embedding : parameters.tensor("lm_head.weight", shape: [a.vocabulary, a.width])
        rotary = RotaryTable(positions: a.contextLength, headWidth: a.headWidth, theta: a.rotaryTheta)
    }

    /// The arrays of a checkpoint, in memory order.
    static func specifications(_ a: Architecture) -> [ParameterSpecification] {
        func matrix(_ name: String, _ rows: Int, _ columns: Int) -> ParameterSpecification {
            ParameterSpecification(name, shape: [rows, columns], decays: true)
        }
        func gain(_ name: String, _ width: Int) -> ParameterSpecification {
            ParameterSpecification(name, shape: [width], decays: false)
        }
        var all = [matrix("model.embed_tokens.weight", a.vocabulary, a.width)]
        for layer in 0..<a.layers {
            let name = "model.layers.\(layer)."
            all += [
                gain(name + "input_layernorm.weight", a.width),
                matrix(name + "self_attn.q_proj.weight", a.queryWidth, a.width),
                matrix(name + "self_attn.k_proj.weight", a.keyWidth, a.width),
                matrix(name + "self_attn.v_proj.weight", a.keyWidth, a.width),
                gain(name + "self_attn.q_norm.weight", a.headWidth),
                gain(name + "self_attn.k_norm.weight", a.headWidth),
                matrix(name + "self_attn.o_proj.weight", a.width, a.queryWidth),
                gain(name + "post_attention_layernorm.weight", a.width),
                matrix(name + "mlp.gate_proj.weight", a.feedForward, a.width),
                matrix(name + "mlp.up_proj.weight", a.feedForward, a.width),
                matrix(name + "mlp.down_proj.weight", a.width, a.feedForward),
            ]
        }
        all.append(gain("model.norm.weight", a.width))
        if !a.tiesHead { all.append(matrix("lm_head.weight", a.vocabulary, a.width)) }
        return all
    }

    /// Random weights: normal with deviation 0.02, projections into the residual stream scaled by 1/√(2·layers) (GPT-2), gains 1.
    public func initialize(_ seed: SeedTree) {
        let residual = 1 / Double(2 * architecture.layers).squareRoot()
        var offset = 0
        for specification in parameters.specifications {
            if specification.decays {
                var generator = seed(named: specification.name).generator
                let isResidual = specification.name.hasSuffix("o_proj.weight") || specification.name.hasSuffix("down_proj.weight")
                let deviation = 0.02 * (isResidual ? residual : 1)
                parameters.storage.write((0..<specification.count).map { _ in Float(generator.normal() * deviation) }, at: offset)
            } else {
                parameters.storage.write(Array(repeating: 1, count: specification.count), at: offset)
            }
            offset += specification.count
        }
        parameters.didChange()
    }

    /// How a block attends: queries [T, H·D] and keys [T, K·D], normalised and rotated, and values within fused rows; returns [T, H·D].
    typealias Attend = (_ layer: Int, _ queries: Tensor, _ keys: Tensor, _ values: Columns) -> Tensor

    /// The normed hidden states [T, C] of tokens at positions, from which the head reads logits, with the updates of an adapter.
    func hiddenStates(_ tape: Tape, tokens: [Int32], positions: [Int32], adapter: LowRankAdapter? = nil, attend: Attend) -> Tensor {
        let a = architecture
        var x_TC = tape.embedding(tokens, table: embedding)
        for (layer, block) in blocks.enumerated() {
            let update = adapter?.layers[layer]
            let h_TC = tape.rmsNorm(x_TC, gain: block.attentionGain, epsilon: a.normEpsilon)
            let qkv = tape.adapting(tape.linear(h_TC, block.queryKeyValue), by: update?.queryKeyValue, of: h_TC)
            let queries = tape.normRotate(
                qkv.columns(0..<a.queryWidth), gain: block.queryGain, epsilon: a.normEpsilon, positions: positions, table: rotary)
            let keys = tape.normRotate(
                qkv.columns(a.queryWidth..<a.queryWidth + a.keyWidth), gain: block.keyGain, epsilon: a.normEpsilon, positions: positions,
                table: rotary)
            let values = qkv.columns(a.queryWidth + a.keyWidth..<a.queryWidth + 2 * a.keyWidth)
            let attended = attend(layer, queries, keys, values)
            x_TC = tape.adapting(
                tape.linear(attended, block.attentionOutput, addedTo: x_TC), by: update?.attentionOutput, of: attended)
            let g_TC = tape.rmsNorm(x_TC, gain: block.feedForwardGain, epsilon: a.normEpsilon)
            let gated = tape.swiGLU(tape.adapting(tape.linear(g_TC, block.gateUp), by: update?.gateUp, of: g_TC))
            x_TC = tape.adapting(tape.linear(gated, block.down, addedTo: x_TC), by: update?.down, of: gated)
        }
        return tape.rmsNorm(x_TC, gain: finalGain, epsilon: a.normEpsilon)
    }

    /// The hidden states of whole sequences laid end to end.
    func hiddenStates(_ tape: Tape, tokens: [Int32], sequences: PackedSequences, adapter: LowRankAdapter? = nil) -> Tensor {
        hiddenStates(tape, tokens: tokens, positions: sequences.positions, adapter: adapter) { _, queries, keys, values in
            tape.attention(
                q: queries.allColumns, k: keys.allColumns, v: values, headWidth: architecture.headWidth, sequences: sequences)
        }
    }
}
