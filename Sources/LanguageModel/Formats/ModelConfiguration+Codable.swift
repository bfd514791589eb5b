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
        case maxPositions = "max_position_embeddings"
        case tiesWordEmbeddings = "tie_word_embeddings"
        case activation = "hidden_act"
        case attentionBias = "attention_bias"
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

    /// Reads the fields that matter, with the defaults of transformers' `Qwen3Config`; other fields are ignored.
    public init(from decoder: any Decoder) throws {
        let fields = try ConfigurationFields(decoder, keyedBy: Key.self)
        let modelType: String = try fields.required(.modelType)
        guard Self.supportedModelTypes.contains(modelType) else {
            throw fields.refuse(.modelType, found: modelType, supported: Self.supportedModelTypes.joined(separator: ", "))
        }
        try Self.refuseUnsupported(fields)
        self.modelType = modelType
        vocabularySize = try fields.required(.vocabularySize)
        hiddenSize = try fields.required(.hiddenSize)
        intermediateSize = try fields.required(.intermediateSize)
        layers = try fields.required(.layers)
        attentionHeads = try fields.required(.attentionHeads)
        keyValueHeads = try fields.required(.keyValueHeads)
        headDimension = try fields.required(.headDimension)
        rmsNormEpsilon = try fields.optional(.rmsNormEpsilon) ?? 1e-6
        ropeTheta = try Self.ropeTheta(fields)
        maxPositions = try fields.optional(.maxPositions) ?? 32_768
        tiesWordEmbeddings = try fields.optional(.tiesWordEmbeddings) ?? false
        bosTokenID = try fields.optional(.bosTokenID)
        eosTokenIDs = try fields.optional(.eosTokenID, as: TokenIDList.self)?.ids ?? []
        padTokenID = try fields.optional(.padTokenID)
        dtype = try Self.dtype(fields)
        try validate(file: fields.file)
    }

    /// Writes every field that either version of transformers reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(["Qwen3ForCausalLM"], forKey: .architectures)
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
        try container.encode(RopeParameters(theta: ropeTheta, type: "default"), forKey: .ropeParameters)
        try container.encode(maxPositions, forKey: .maxPositions)
        try container.encode(tiesWordEmbeddings, forKey: .tiesWordEmbeddings)
        try container.encode("silu", forKey: .activation)
        try container.encode(false, forKey: .attentionBias)
        try container.encode(0.0, forKey: .attentionDropout)
        try container.encode(false, forKey: .usesSlidingWindow)
        try container.encodeNil(forKey: .slidingWindow)
        try container.encode(bosTokenID, forKey: .bosTokenID)
        try container.encode(eosTokenIDs.isEmpty ? nil : TokenIDList(eosTokenIDs), forKey: .eosTokenID)
        try container.encode(padTokenID, forKey: .padTokenID)
        try container.encode(dtype.configurationName, forKey: .torchDType)
        try container.encode(dtype.configurationName, forKey: .dtype)
    }

    private static func refuseUnsupported(_ fields: ConfigurationFields<Key>) throws(ConfigurationError) {
        let activation: String = try fields.optional(.activation) ?? "silu"
        guard activation == "silu" else { throw fields.refuse(.activation, found: activation, supported: "silu") }
        for key in [Key.attentionBias, .usesSlidingWindow] where try fields.optional(key, as: Bool.self) ?? false {
            throw fields.refuse(key, found: "true", supported: "false")
        }
        let dropout: Double = try fields.optional(.attentionDropout) ?? 0
        guard dropout == 0 else { throw fields.refuse(.attentionDropout, found: "\(dropout)", supported: "0") }
        let layerTypes: [String] = try fields.optional(.layerTypes) ?? []
        if let other = layerTypes.first(where: { $0 != "full_attention" }) {
            throw fields.refuse(.layerTypes, found: other, supported: "full_attention")
        }
        if try fields.optional(.quantization, as: AnyObjectField.self) != nil {
            throw fields.refuse(.quantization, found: "a quantised model", supported: "unquantised weights")
        }
    }

    /// `rope_theta` of transformers 4, or `rope_parameters` of transformers 5; where both stand they must agree.
    private static func ropeTheta(_ fields: ConfigurationFields<Key>) throws(ConfigurationError) -> Double {
        var theta: Double? = try fields.optional(.ropeTheta)
        for key in [Key.ropeScaling, .ropeParameters] {
            guard let parameters: RopeParameters = try fields.optional(key) else { continue }
            let type = parameters.type ?? parameters.oldType ?? (key == .ropeParameters ? "default" : "without a type")
            guard type == "default" else { throw fields.refuse(key, found: "position scaling “\(type)”", supported: "default") }
            guard let nested = parameters.theta else { continue }
            guard theta == nil || theta == nested else {
                throw .malformed(
                    file: fields.file, field: key.rawValue, reason: "its rope_theta is \(nested), but the one outside is \(theta ?? 0)")
            }
            theta = nested
        }
        return theta ?? 10_000
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

    private struct RopeParameters: Codable {
        var theta: Double?
        var type: String?
        var oldType: String?

        init(theta: Double, type: String) {
            self.theta = theta
            self.type = type
        }

        enum CodingKeys: String, CodingKey {
            case theta = "rope_theta"
            case type = "rope_type"
            case oldType = "type"
        }
    }

    /// Any object; only its presence matters.
    private struct AnyObjectField: Decodable {}
}
