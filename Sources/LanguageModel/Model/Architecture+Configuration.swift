extension Architecture {
    /// The sizes and parts that a configuration declares.
    public init(_ configuration: ModelConfiguration) {
        let family = configuration.family
        var biases = family.biases
        if configuration.attentionBias { biases.formUnion([.queryKeyValue, .attentionOutput]) }
        if configuration.feedForwardBias { biases.insert(.feedForward) }
        self.init(
            vocabulary: configuration.vocabularySize, width: configuration.hiddenSize, feedForward: configuration.intermediateSize,
            layers: configuration.layers, heads: configuration.attentionHeads, keyHeads: configuration.keyValueHeads,
            headWidth: configuration.headDimension, normEpsilon: Float(configuration.rmsNormEpsilon), rotaryTheta: configuration.ropeTheta,
            rotaryScaling: configuration.ropeScaling, contextLength: configuration.maxPositions,
            tiesHead: configuration.tiesWordEmbeddings, normalizesHeads: family.normalizesHeads, biases: biases)
    }
}
