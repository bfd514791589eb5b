extension ModelConfiguration {
    /// Refuses, by field and value, what would change a model's numbers and is not there.
    static func refuseUnsupported(_ fields: ConfigurationFields<Key>, family: ModelFamily) throws(ConfigurationError) {
        let activation: String = try fields.optional(.activation) ?? "silu"
        guard activation == "silu" else { throw fields.refuse(.activation, found: activation, supported: "silu") }
        for (key, isAllowed) in [(Key.attentionBias, family.mayBiasAttention), (.feedForwardBias, family.mayBiasFeedForward)] {
            let isAsked: Bool = try fields.optional(key) ?? false
            if isAsked && !isAllowed { throw fields.refuse(key, found: "true for \(family.modelType)", supported: "false") }
        }
        let dropout: Double = try fields.optional(.attentionDropout) ?? 0
        guard dropout == 0 else { throw fields.refuse(.attentionDropout, found: "\(dropout)", supported: "0") }
        let partialFactor: Double = try fields.optional(.partialRotaryFactor) ?? 1
        guard partialFactor == 1 else { throw fields.refuse(.partialRotaryFactor, found: "\(partialFactor)", supported: "1") }
        try refuseWindow(fields, family: family)
        if try fields.optional(.quantization, as: AnyObjectField.self) != nil {
            throw fields.refuse(.quantization, found: "a quantised model", supported: "unquantised weights")
        }
    }

    /// Attention that does not reach back to the first position.
    private static func refuseWindow(_ fields: ConfigurationFields<Key>, family: ModelFamily) throws(ConfigurationError) {
        if try fields.optional(.usesSlidingWindow, as: Bool.self) ?? false {
            throw fields.refuse(.usesSlidingWindow, found: "true", supported: "false")
        }
        let window: Int? = try fields.optional(.slidingWindow)
        switch family.window {
        case .switched: break
        case .absent:
            if let window { throw fields.refuse(.slidingWindow, found: "a window of \(window)", supported: "null") }
        case .field(let silent):
            if let window { throw fields.refuse(.slidingWindow, found: "a window of \(window)", supported: "null") }
            if !fields.contains(.slidingWindow) {
                throw fields.refuse(
                    .slidingWindow, found: "a missing field, which means a window of \(silent) to transformers,", supported: "null")
            }
        }
        let layerTypes: [String] = try fields.optional(.layerTypes) ?? []
        if let other = layerTypes.first(where: { $0 != "full_attention" }) {
            throw fields.refuse(.layerTypes, found: other, supported: "full_attention")
        }
    }

    /// Any object; only its presence matters.
    private struct AnyObjectField: Decodable {}
}
