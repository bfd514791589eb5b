public import Randomness
import Tensors

extension Transformer {
    /// The arrays of a checkpoint, in memory order: those that are used as one matrix, or as one bias, follow each other.
    static func specifications(_ a: Architecture) -> [ParameterSpecification] {
        func matrix(_ name: String, _ rows: Int, _ columns: Int) -> ParameterSpecification {
            ParameterSpecification(name, shape: [rows, columns], decays: true)
        }
        func gain(_ name: String, _ width: Int) -> ParameterSpecification {
            ParameterSpecification(name, shape: [width], decays: false)
        }
        /// Projections of the same input, their biases after their matrices.
        func projections(_ parts: [(name: String, rows: Int)], _ columns: Int, _ bias: Architecture.Biases) -> [ParameterSpecification] {
            parts.map { matrix($0.name + ".weight", $0.rows, columns) }
                + (a.biases.contains(bias) ? parts.map { gain($0.name + ".bias", $0.rows) } : [])
        }
        var all = [matrix("model.embed_tokens.weight", a.vocabulary, a.width)]
        for layer in 0..<a.layers {
            let name = "model.layers.\(layer)."
            all.append(gain(name + "input_layernorm.weight", a.width))
            all += projections(
                [
                    (name + "self_attn.q_proj", a.queryWidth), (name + "self_attn.k_proj", a.keyWidth),
                    (name + "self_attn.v_proj", a.keyWidth),
                ], a.width, .queryKeyValue)
            if a.normalizesHeads {
                all += [gain(name + "self_attn.q_norm.weight", a.headWidth), gain(name + "self_attn.k_norm.weight", a.headWidth)]
            }
            all += projections([(name + "self_attn.o_proj", a.width)], a.queryWidth, .attentionOutput)
            all.append(gain(name + "post_attention_layernorm.weight", a.width))
            all += projections([(name + "mlp.gate_proj", a.feedForward), (name + "mlp.up_proj", a.feedForward)], a.width, .feedForward)
            all += projections([(name + "mlp.down_proj", a.width)], a.feedForward, .feedForward)
        }
        all.append(gain("model.norm.weight", a.width))
        if !a.tiesHead { all.append(matrix("lm_head.weight", a.vocabulary, a.width)) }
        return all
    }

    /// Random weights: normal with deviation 0.02, projections into the residual stream scaled by 1/√(2·layers) (GPT-2), gains 1,
    /// biases 0.
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
                let value: Float = specification.name.hasSuffix(".bias") ? 0 : 1
                parameters.storage.write(Array(repeating: value, count: specification.count), at: offset)
            }
            offset += specification.count
        }
        parameters.didChange()
    }
}
