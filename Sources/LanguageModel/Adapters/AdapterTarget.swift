/// A linear layer of every decoder block that can carry an adapter, by its name in checkpoints.
public enum AdapterTarget: String, Hashable, Sendable, CaseIterable {
    /// Queries.
    case query = "q_proj"
    /// Keys.
    case key = "k_proj"
    /// Values.
    case value = "v_proj"
    /// What attention gives back to the residual stream.
    case attentionOutput = "o_proj"
    /// Gates of the feed-forward block.
    case gate = "gate_proj"
    /// What is gated.
    case up = "up_proj"
    /// What the feed-forward block gives back to the residual stream.
    case down = "down_proj"

    /// The word of PEFT for all linear layers but the head.
    public static let allLinear = "all-linear"

    /// The layer's path in a checkpoint, without `.weight`.
    func path(layer: Int) -> String {
        switch self {
        case .query, .key, .value, .attentionOutput: "model.layers.\(layer).self_attn.\(rawValue)"
        case .gate, .up, .down: "model.layers.\(layer).mlp.\(rawValue)"
        }
    }

    /// The layers whose weights lie in one matrix, in the order of its rows.
    static let fused: [[AdapterTarget]] = [[.query, .key, .value], [.attentionOutput], [.gate, .up], [.down]]
}

extension Architecture {
    /// [outputs, inputs] of a layer's matrix.
    func shape(of target: AdapterTarget) -> (outputs: Int, inputs: Int) {
        switch target {
        case .query: (queryWidth, width)
        case .key, .value: (keyWidth, width)
        case .attentionOutput: (width, queryWidth)
        case .gate, .up: (feedForward, width)
        case .down: (width, feedForward)
        }
    }
}
