import Tensors

extension ModelConfiguration {
    /// Checks every range and the relations between fields.
    func validate(file: String) throws(ConfigurationError) {
        func check(_ holds: Bool, _ key: Key, _ value: some CustomStringConvertible, _ allowed: String) throws(ConfigurationError) {
            guard holds else { throw .outOfRange(file: file, field: key.rawValue, value: value.description, allowed: allowed) }
        }
        let largest = 1 << 30  // a product of two sizes still fits an Int
        let sizes: [(Key, Int)] = [
            (.vocabularySize, vocabularySize), (.hiddenSize, hiddenSize), (.intermediateSize, intermediateSize),
            (.attentionHeads, attentionHeads), (.keyValueHeads, keyValueHeads), (.headDimension, headDimension),
            (.maxPositions, maxPositions),
        ]
        for (key, size) in sizes { try check(1...largest ~= size, key, size, "1 to \(largest)") }
        let deepest = 4096  // so that a lying file cannot exhaust memory before its weights are looked at
        try check(1...deepest ~= layers, .layers, layers, "1 to \(deepest)")
        try check(attentionHeads % keyValueHeads == 0, .keyValueHeads, keyValueHeads, "a divisor of \(attentionHeads) attention heads")
        let widest = 512  // what the kernels hold on their stack: WIDEST_HEAD in norm.h
        try check(headDimension % 2 == 0 && headDimension <= widest, .headDimension, headDimension, "even numbers up to \(widest)")
        try check(rmsNormEpsilon > 0 && rmsNormEpsilon < 1, .rmsNormEpsilon, rmsNormEpsilon, "above 0 and below 1")
        try check(ropeTheta > 0 && ropeTheta.isFinite, .ropeTheta, ropeTheta, "positive numbers")
        try ropeScaling.validate(file: file, field: Key.ropeParameters.rawValue)
        try check(!attentionBias || family.mayBiasAttention, .attentionBias, "true", "false for \(modelType)")
        try check(!feedForwardBias || family.mayBiasFeedForward, .feedForwardBias, "true", "false for \(modelType)")
        let vocabulary = 0..<Int32(vocabularySize)
        func checkID(_ id: Int32?, _ key: Key) throws(ConfigurationError) {
            guard let id else { return }
            try check(vocabulary.contains(id), key, id, "ids of the vocabulary, 0 to \(vocabularySize - 1)")
        }
        try checkID(bosTokenID, .bosTokenID)
        try checkID(padTokenID, .padTokenID)
        for id in eosTokenIDs { try checkID(id, .eosTokenID) }
    }
}
