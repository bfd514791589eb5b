/// A family of open models: what sets its decoders apart, and what transformers assumes where its `config.json` is silent.
struct ModelFamily: Hashable, Sendable {
    /// `model_type` in `config.json`.
    let modelType: String
    /// The class of transformers that loads it.
    let className: String
    /// Whether query and key heads pass through an RMS norm.
    var normalizesHeads = false
    /// Biases that its models always have.
    var biases: Architecture.Biases = []
    /// Whether `attention_bias` may ask for biases of all four projections of attention.
    var mayBiasAttention = false
    /// Whether `mlp_bias` may ask for biases of the feed-forward block.
    var mayBiasFeedForward = false
    /// How its files say that attention sees the whole sequence, the only kind that is supported.
    var window = Window.absent
    /// `max_position_embeddings`.
    let maxPositions: Int
    /// `num_key_value_heads` where the file has no such field; nil where there are as many as query heads.
    ///
    /// A null in the file always means as many as query heads.
    var keyValueHeads: Int?
    /// `head_dim`; nil where it is `hidden_size / num_attention_heads`.
    var headDimension: Int?
    /// `bos_token_id`.
    var bosTokenID: Int32?
    /// `eos_token_id`.
    var eosTokenIDs: [Int32] = []

    /// Where a `config.json` could ask for attention to the last positions alone.
    enum Window: Hashable {
        /// Nowhere; `sliding_window`, should it be there, has to be null.
        case absent
        /// `use_sliding_window` has to be false, then `sliding_window` means nothing.
        case switched
        /// `sliding_window` has to be null; where the field is missing, transformers takes this many positions.
        case field(default: Int)
    }

    /// The families that can be read, with the defaults of their configuration classes in transformers.
    static let all = [qwen3, qwen2, llama, mistral]

    /// The family of a `model_type`, where it is supported.
    static func named(_ modelType: String) -> ModelFamily? { all.first { $0.modelType == modelType } }

    /// Qwen3, dense (arXiv:2505.09388).
    static let qwen3 = ModelFamily(
        modelType: "qwen3", className: "Qwen3ForCausalLM", normalizesHeads: true, mayBiasAttention: true, window: .switched,
        maxPositions: 32_768, keyValueHeads: 32, headDimension: 128)
    /// Qwen2 and Qwen2.5, dense (arXiv:2407.10671).
    static let qwen2 = ModelFamily(
        modelType: "qwen2", className: "Qwen2ForCausalLM", biases: .queryKeyValue, window: .switched, maxPositions: 32_768,
        keyValueHeads: 32)
    /// Llama 2 and 3 (arXiv:2307.09288, arXiv:2407.21783), and all that share their form: SmolLM, TinyLlama.
    static let llama = ModelFamily(
        modelType: "llama", className: "LlamaForCausalLM", mayBiasAttention: true, mayBiasFeedForward: true, maxPositions: 2048,
        bosTokenID: 1, eosTokenIDs: [2])
    /// Mistral 7B from version 0.2 on (arXiv:2310.06825, without its sliding window).
    static let mistral = ModelFamily(
        modelType: "mistral", className: "MistralForCausalLM", window: .field(default: 4096), maxPositions: 131_072, keyValueHeads: 8,
        bosTokenID: 1, eosTokenIDs: [2])
}
