/// A loss over pairs of responses to one problem, by the log-ratio of policy to reference: the DPO family (arXiv:2305.18290).
///
/// L = (1/pairs) Σ w·ℓ(Δ) − (c/pairs) Σᵢ wᵢ Σₜ Aᵢₜ log π(yᵢₜ), where ℓ is a `PairLoss` and the pairs are all pairs of trained sequences of
/// one `group`; the one of higher `reward` is chosen, and a pair weighs the mean of its sequences' weights. Where only the order counts,
/// pairs of equal reward are left out. Log-ratios are sums over tokens: divided by length they would have another optimum.
///
/// The second term is there where `linearCoefficient` c is not 0. It is XPO's optimism (arXiv:2405.21046, algorithm 1) with advantages −1
/// on the response drawn from the reference and 0 on the other, and an anchor of likelihood with +1 on the chosen one.
///
/// A group must be in the batch whole: one trained sequence alone is a mistake. Metrics, means over pairs, unweighted: `rewards/margins`
/// (βΔ), `rewards/accuracies` (share of Δ > 0), `rewards/chosen`, `rewards/rejected` (β·log-ratio), `logps/chosen`, `logps/rejected` (nats
/// a sequence) and `pairs/tied` (share of pairs of equal reward; these are in no other figure but where they count).
public struct Pairwise: Objective, Hashable, Codable {
    /// What a pair loses.
    public let loss: PairLoss
    /// β: how strongly the policy is held to the reference.
    public let beta: Double
    /// c: the weight of the linear term.
    public let linearCoefficient: Double

    /// DPO with its paper's β unless told otherwise.
    public init(loss: PairLoss = .sigmoid(labelSmoothing: 0), beta: Double = 0.1, linearCoefficient: Double = 0) {
        precondition(beta > 0, "β \(beta) must be positive")
        if case .sigmoid(let smoothing) = loss {
            precondition((0..<0.5).contains(smoothing), "a label wrong by chance \(smoothing) has no order")
        }
        self.loss = loss
        self.beta = beta
        self.linearCoefficient = linearCoefficient
    }

    /// Rewards and reference logprobs; advantages for the linear term.
    public var requirements: Set<ObjectiveRequirement> {
        linearCoefficient == 0 ? [.reward, .referenceLogprobs] : [.reward, .referenceLogprobs, .advantages]
    }

    /// Pairs are made of the sequences of a group.
    public var comparesGroups: Bool { true }

    /// Loss and slopes at `policy`.
    public func evaluate(_ batch: TrainingBatch, policy: [Logprobs<FullVocabulary>]) -> ObjectiveValue {
        requireInputs(of: batch)
        precondition(policy.count == batch.sequences.count, "\(policy.count) logprob arrays for \(batch.sequences.count) sequences")
        let likelihoods = zip(batch.sequences, policy).map(SequenceLikelihood.init)
        let pairs = Self.pairs(of: batch)
        var tally = PairTally()
        var value = 0.0
        // dLoss / d(whole logprob of each sequence), [N].
        var slope_N = [Double](repeating: 0, count: batch.sequences.count)
        for pair in pairs {
            let isTied = pair.rewardGap == 0
            tally.tied.add(isTied)
            if isTied && loss.readsOrderOnly { continue }
            let (chosen, rejected) = (likelihoods[pair.chosen], likelihoods[pair.rejected])
            tally.add(chosen: chosen, rejected: rejected, beta: beta)
            let part = loss.evaluate(margin: chosen.logRatio - rejected.logRatio, rewardGap: pair.rewardGap, beta: beta)
            let weight = Double(batch.sequences[pair.chosen].weight + batch.sequences[pair.rejected].weight) / 2 / Double(pairs.count)
            value += weight * part.loss
            slope_N[pair.chosen] += weight * part.slope
            slope_N[pair.rejected] -= weight * part.slope
        }
        var slopes: [[Float]] = []
        for (i, sequence) in batch.sequences.enumerated() {
            let scale = pairs.isEmpty ? 0 : linearCoefficient * Double(sequence.weight) / Double(pairs.count)
            slopes.append(
                sequence.targets.indices.map { t in
                    guard sequence.isTrained(t) else { return 0 }
                    guard linearCoefficient != 0, sequence.advantages[t] != 0 else { return Float(slope_N[i]) }
                    let slope = -scale * Double(sequence.advantages[t])
                    value += slope * Double(policy[i].values[t])
                    return Float(slope_N[i] + slope)
                })
        }
        return ObjectiveValue(loss: value, slopes: slopes, metrics: tally.metrics)
    }

    /// All pairs of trained sequences of a group, in the order of the batch; of equal rewards the first counts as chosen.
    private static func pairs(of batch: TrainingBatch) -> [(chosen: Int, rejected: Int, rewardGap: Double)] {
        let trained = batch.sequences.indices.filter { batch.sequences[$0].trainedTokens > 0 }
        var members: [Int: [Int]] = [:]
        for i in trained { members[batch.sequences[i].group, default: []].append(i) }
        return trained.flatMap { i in
            let group = members[batch.sequences[i].group] ?? []
            precondition(group.count > 1, "group \(batch.sequences[i].group) has one sequence only; a pair must be in one batch")
            return group.filter { $0 > i }.map { j in
                let gap = Double(batch.sequences[i].reward ?? .nan) - Double(batch.sequences[j].reward ?? .nan)
                return gap < 0 ? (j, i, -gap) : (i, j, gap)
            }
        }
    }
}

/// The whole logprob of a sequence's trained tokens under the policy, and its ratio to the reference's, in nats.
private struct SequenceLikelihood {
    let logprob: Double
    let logRatio: Double

    init(_ sequence: TrainingSequence, _ policy: Logprobs<FullVocabulary>) {
        precondition(policy.count == sequence.targets.count, "\(policy.count) logprobs for \(sequence.targets.count) targets")
        var (logprob, reference) = (0.0, 0.0)
        for t in sequence.targets.indices where sequence.isTrained(t) {
            logprob += Double(policy.values[t])
            reference += sequence.reference.map { Double($0.values[t]) } ?? .nan
        }
        self.logprob = logprob
        logRatio = logprob - reference
    }
}

/// The figures of the pairs of a batch.
private struct PairTally {
    var tied = RunningMean()
    private var margins = RunningMean()
    private var accuracies = RunningMean()
    private var chosenRewards = RunningMean()
    private var rejectedRewards = RunningMean()
    private var chosenLogprobs = RunningMean()
    private var rejectedLogprobs = RunningMean()

    mutating func add(chosen: SequenceLikelihood, rejected: SequenceLikelihood, beta: Double) {
        margins.add(beta * (chosen.logRatio - rejected.logRatio))
        accuracies.add(chosen.logRatio > rejected.logRatio)
        chosenRewards.add(beta * chosen.logRatio)
        rejectedRewards.add(beta * rejected.logRatio)
        chosenLogprobs.add(chosen.logprob)
        rejectedLogprobs.add(rejected.logprob)
    }

    var metrics: [String: Double] {
        guard !margins.isEmpty else { return ["pairs/tied": tied.value] }
        return [
            "pairs/tied": tied.value, "rewards/margins": margins.value, "rewards/accuracies": accuracies.value,
            "rewards/chosen": chosenRewards.value, "rewards/rejected": rejectedRewards.value,
            "logps/chosen": chosenLogprobs.value, "logps/rejected": rejectedLogprobs.value,
        ]
    }
}
