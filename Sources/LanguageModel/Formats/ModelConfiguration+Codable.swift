import Tensors

extension ModelConfiguration: Codable {
    /// The names of `config.json`.
    enum Key: String, CodingKey, CaseIterable {
        case architectures, dtype
        case modelType = "model_type"
        case vocabularySize = "vocab_size"
        case hiddenSize = "hidden_size"
        case intermediateSize = "intermediate_size"
        case layers = "num_hidden_layers"
        case attentionHeads = "num_attention_heads"
        case keyValueHeads = "num_key_value_heads"
        case headDimension = "head_dim"
        case rmsNormEpsilon = "rms_norm_eps"
        case ropeTheta = "rope_theta"
        case ropeParameters = "rope_parameters"
        case ropeScaling = "rope_scaling"
        case originalPositions = "original_max_position_embeddings"
        case partialRotaryFactor = "partial_rotary_factor"
        case maxPositions = "max_position_embeddings"
        case tiesWordEmbeddings = "tie_word_embeddings"
        case activation = "hidden_act"
        case attentionBias = "attention_bias"
        case feedForwardBias = "mlp_bias"
        case attentionDropout = "attention_dropout"
        case usesSlidingWindow = "use_sliding_window"
        case slidingWindow = "sliding_window"
        case layerTypes = "layer_types"
        case quantization = "quantization_config"
        case bosTokenID = "bos_token_id"
        case eosTokenID = "eos_token_id"
        case padTokenID = "pad_token_id"
        case torchDType = "torch_dtype"
    }

    /// Reads the fields that matter, with the defaults of the family's configuration class in transformers; fields that change nothing
    /// here are ignored.
    public init(from decoder: any Decoder) throws {
        let fields = try ConfigurationFields(decoder, keyedBy: Key.self)
        family = try Self.family(try fields.required(.modelType), file: fields.file)
        try Self.refuseUnsupported(fields, family: family)
        vocabularySize = try fields.required(.vocabularySize)
        hiddenSize = try fields.required(.hiddenSize)
        intermediateSize = try fields.required(.intermediateSize)
        layers = try fields.required(.layers)
        attentionHeads = try fields.required(.attentionHeads)
        let silentHeads = fields.contains(.keyValueHeads) ? nil : family.keyValueHeads
        keyValueHeads = try fields.optional(.keyValueHeads) ?? silentHeads ?? attentionHeads
        headDimension =
            try fields.optional(.headDimension) ?? family.headDimension
            ?? Self.headDimension(hiddenSize: hiddenSize, heads: attentionHeads, file: fields.file)
        rmsNormEpsilon = try fields.optional(.rmsNormEpsilon) ?? 1e-6
        maxPositions = try fields.optional(.maxPositions) ?? family.maxPositions
        (ropeTheta, ropeScaling) = try Self.positions(fields, maxPositions: maxPositions)
        tiesWordEmbeddings = try fields.optional(.tiesWordEmbeddings) ?? false
        attentionBias = family.mayBiasAttention ? try fields.optional(.attentionBias) ?? false : false
        feedForwardBias = family.mayBiasFeedForward ? try fields.optional(.feedForwardBias) ?? false : false
        bosTokenID = fields.contains(.bosTokenID) ? try fields.optional(.bosTokenID) : family.bosTokenID
        let eosTokens = try fields.optional(.eosTokenID, as: TokenIDList.self)?.ids ?? []
        eosTokenIDs = fields.contains(.eosTokenID) ? eosTokens : family.eosTokenIDs
        padTokenID = try fields.optional(.padTokenID)
        dtype = try Self.dtype(fields)
        try validate(file: fields.file)
    }

    /// Writes every field that either version of transformers reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode([family.className], forKey: .architectures)
        try container.encode(modelType, forKey: .modelType)
        try container.encode(vocabularySize, forKey: .vocabularySize)
        try container.encode(hiddenSize, forKey: .hiddenSize)
        try container.encode(intermediateSize, forKey: .intermediateSize)
        try container.encode(layers, forKey: .layers)
        try container.encode(attentionHeads, forKey: .attentionHeads)
        try container.encode(keyValueHeads, forKey: .keyValueHeads)
        try container.encode(headDimension, forKey: .headDimension)
        try container.encode(rmsNormEpsilon, forKey: .rmsNormEpsilon)
        try container.encode(ropeTheta, forKey: .ropeTheta)
        try container.encode(RopeParameters(theta: ropeTheta, scaling: ropeScaling), forKey: .ropeParameters)
        if ropeScaling != .none { try container.encode(RopeParameters(theta: nil, scaling: ropeScaling), forKey: .ropeScaling) }
        try container.encode(maxPositions, forKey: .maxPositions)
        try container.encode(tiesWordEmbeddings, forKey: .tiesWordEmbeddings)
        try container.encode("silu", forKey: .activation)
        if family.mayBiasAttention { try container.encode(attentionBias, forKey: .attentionBias) }
        if family.mayBiasFeedForward { try container.encode(feedForwardBias, forKey: .feedForwardBias) }
        try container.encode(0.0, forKey: .attentionDropout)
        if family.window == .switched { try container.encode(false, forKey: .usesSlidingWindow) }
        if family.window != .absent { try container.encodeNil(forKey: .slidingWindow) }
        try container.encode(bosTokenID, forKey: .bosTokenID)
        try container.encode(eosTokenIDs.isEmpty ? nil : TokenIDList(eosTokenIDs), forKey: .eosTokenID)
        try container.encode(padTokenID, forKey: .padTokenID)
        try container.encode(dtype.configurationName, forKey: .torchDType)
        try container.encode(dtype.configurationName, forKey: .dtype)
    }

    private static func headDimension(hiddenSize: Int, heads: Int, file: String) throws(ConfigurationError) -> Int {
        guard heads > 0, hiddenSize % heads == 0 else {
            throw .outOfRange(
                file: file, field: Key.attentionHeads.rawValue, value: "\(heads)",
                allowed: "a divisor of hidden_size \(hiddenSize), where there is no head_dim")
        }
        return hiddenSize / heads
    }

    /// `rope_theta` and `rope_scaling` of transformers 4, or `rope_parameters` of transformers 5; where both stand they must agree.
    private static func positions(
        _ fields: ConfigurationFields<Key>, maxPositions: Int
    ) throws(ConfigurationError) -> (theta: Double, scaling: RotaryScaling) {
        var theta: Double? = try fields.optional(.ropeTheta)
        var scaling: (value: RotaryScaling, field: String)?
        // A model may give the positions of its first training outside of the scaling's own entries.
        let originalPositions: Int = try fields.optional(.originalPositions) ?? maxPositions
        for key in [Key.ropeScaling, .ropeParameters] {
            guard let parameters: RopeParameters = try fields.optional(key) else { continue }
            let found = try parameters.scaling(maxPositions: originalPositions)
            guard scaling == nil || scaling?.value == found else {
                throw .malformed(
                    file: fields.file, field: key.rawValue, reason: "it asks for another position scaling than \(scaling?.field ?? "")")
            }
            scaling = (found, key.rawValue)
            guard let nested = parameters.theta else { continue }
            guard theta == nil || theta == nested else {
                throw .malformed(
                    file: fields.file, field: key.rawValue, reason: "its rope_theta is \(nested), but the one outside is \(theta ?? 0)")
            }
            theta = nested
        }
        return (theta ?? 10_000, scaling?.value ?? .none)
    }

    private static func dtype(_ fields: ConfigurationFields<Key>) throws(ConfigurationError) -> SafetensorsDType {
        for key in [Key.dtype, .torchDType] {
            guard let name: String = try fields.optional(key) else { continue }
            guard let dtype = SafetensorsDType.allCases.first(where: { $0.configurationName == name }) else {
                let supported = SafetensorsDType.allCases.map(\.configurationName).joined(separator: ", ")
                throw fields.refuse(key, found: name, supported: supported)
            }
            return dtype
        }
        return .float32
    }
}
