import Tensors

/// What all shards of one sampling call have in common.
struct SamplingJob: Sendable {
    let transformer: Transformer
    let adapter: LowRankAdapter?
    let requests: [ContinuationRequest]
    let rule: DrawRule
    let maximumTokens: Int
    /// The most positions that a sequence may take.
    let capacity: Int
    let stopTokens: Set<Int32>
    let stopTest: (@Sendable ([Int32]) -> Bool)?
}
