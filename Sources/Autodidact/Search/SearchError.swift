/// Why a search had to stop: its expansion or its evaluation did not keep their side of the bargain.
public enum SearchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The evaluation lacks a part that has a weight.
    case missingCritic(String, weight: Double)
    /// A critic's word is no number.
    case notFinite(String, value: Double)
    /// An expansion or evaluation answered more or fewer requests than it was given.
    case wrongCount(of: String, wanted: Int, got: Int)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .missingCritic(let name, let weight):
            "a node's evaluation has no \(name), which counts with weight \(weight); give it, or set the weight to 0"
        case .notFinite(let name, let value): "a critic said \(value) for a node's \(name); the search cannot weigh that"
        case .wrongCount(let what, let wanted, let got): "\(wanted) nodes were given to the \(what), which answered \(got)"
        }
    }
}
