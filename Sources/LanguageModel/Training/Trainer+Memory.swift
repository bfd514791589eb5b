import Tensors

extension Trainer {
    /// The bytes of activations that a step over so many tokens holds at once: of each shard that is between its forward and its backward
    /// pass, where the objective's slopes are separable.
    ///
    /// A batch beyond `activationLimit` goes through in parts, so that the limit is the most.
    public func activationBytes(ofStepOver tokens: Int) -> Int {
        let perToken = transformer.architecture.activationsPerToken + 1
        let together = lanes.count >= min(cores.count, Self.shards) ? min(cores.count, Self.shards) : Self.shards
        let most = min(tokens, activationLimit / perToken)
        return (most * together + Self.shards - 1) / Self.shards * perToken * MemoryLayout<Float>.size
    }
}
