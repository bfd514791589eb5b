/// A study that cannot be run or judged.
public enum StudyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A criterion or the quantity reads a figure that an arm did not measure.
    case noMeasurement(String, arm: String)
    /// A criterion names an arm that the study does not have.
    case noArm(String)
    /// An arm measured something that is no number.
    case notFinite(String, arm: String, seed: UInt64)
    /// Too few seeds for an interval or a verdict.
    case tooFewSeeds(Int, fewest: Int)
    /// The policy lacks what the study measures with.
    case lacks(String, policy: String)
    /// Arms or criteria that leave nothing to compare or to judge.
    case badArms(study: String, reason: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noMeasurement(let name, let arm): "arm '\(arm)' did not measure '\(name)' in every seed; measure it there, or do not read it"
        case .lacks(let what, let policy): "the study needs \(what), which policy '\(policy)' does not offer; choose another --model"
        case .noArm(let name): "the study has no arm '\(name)'"
        case .notFinite(let name, let arm, let seed): "arm '\(arm)' measured no finite number for '\(name)' with seed \(seed)"
        case .tooFewSeeds(let seeds, let fewest): "\(seeds) seeds; allowed: from \(fewest) up"
        case .badArms(let study, let reason): "study '\(study)': \(reason)"
        }
    }
}
