/// A linear layer that can carry an adapter, by its name in checkpoints: those of every decoder block, and the head.
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
    /// Logits; only where they are not read from the embedding table.
    case head = "lm_head"

    /// The word of PEFT for all linear layers but the head.
    public static let allLinear = "all-linear"

    /// The layers that `allLinear` stands for.
    public static let blockLayers: Set<AdapterTarget> = Set(allCases).subtracting([.head])

    /// The layer's paths in a checkpoint of so many blocks, without `.weight`.
    func paths(blocks: Int) -> [String] {
        self == .head ? [rawValue] : (0..<blocks).map(path)
    }

    /// The layer's path in one block.
    func path(layer: Int) -> String {
        switch self {
        case .query, .key, .value, .attentionOutput: "model.layers.\(layer).self_attn.\(rawValue)"
        case .gate, .up, .down: "model.layers.\(layer).mlp.\(rawValue)"
        case .head: rawValue
        }
    }

    /// The layers of a block whose weights lie in one matrix, in the order of its rows.
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
        case .head: (vocabulary, width)
        }
    }
}
