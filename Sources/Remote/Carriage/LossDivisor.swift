/// What a service divides the gradient of its losses by, though the API calls them sums.
///
/// SkyRL-tx 0.3.0 on JAX takes the mean over each sequence's positions and over all sequences of a step; other services sum. Which it is
/// gets measured at connection, never assumed.
struct LossDivisor: Sendable, Hashable, Codable {
    /// How much is counted together.
    struct Extent: Sendable, Hashable, Codable {
        var sequences: Int
        /// Tokens that the model reads, those without loss included.
        var positions: Int

        static func + (first: Extent, second: Extent) -> Extent {
            Extent(sequences: first.sequences + second.sequences, positions: first.positions + second.positions)
        }

        /// The extent of data.
        static func of(_ positions: [Int]) -> Extent { Extent(sequences: positions.count, positions: positions.reduce(0, +)) }
    }

    /// What all sequences together are divided by.
    enum Across: String, Sendable, Hashable, Codable, CaseIterable {
        case nothing, sequences, positions
    }

    /// What counts as all sequences.
    enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// Those of one request.
        case request
        /// Those of all requests since the last step.
        case step
    }

    /// Whether a sequence's loss is divided by its positions.
    let perPosition: Bool
    let across: Across
    let scope: Scope

    /// Every way of dividing that is known; each gives other measurements.
    static let known: [LossDivisor] =
        [false, true].map { LossDivisor(perPosition: $0, across: .nothing, scope: .request) }
        + Scope.allCases.flatMap { scope in
            [
                LossDivisor(perPosition: false, across: .sequences, scope: scope),
                LossDivisor(perPosition: true, across: .sequences, scope: scope),
                LossDivisor(perPosition: false, across: .positions, scope: scope),
            ]
        }

    /// Nothing is divided.
    static let sum = known[0]

    /// What the gradient of a sequence is divided by.
    ///
    /// - Parameters:
    ///   - positions: The sequence's own.
    ///   - request: The extent of the request that it is in.
    ///   - step: The extent of all requests of the step.
    func value(positions: Int, request: Extent, step: Extent) -> Double {
        let whole = scope == .request ? request : step
        let shared =
            switch across {
            case .nothing: 1
            case .sequences: whole.sequences
            case .positions: whole.positions
            }
        return Double(shared) * Double(perPosition ? positions : 1)
    }
}

extension LossDivisor: CustomStringConvertible {
    /// For people.
    var description: String {
        let own = perPosition ? "the mean over a sequence's positions" : "the sum over a sequence's positions"
        let whole = scope == .request ? "request" : "step"
        return switch across {
        case .nothing: "\(own), summed over sequences"
        case .sequences: "\(own), averaged over the sequences of a \(whole)"
        case .positions: "the sum over all positions, divided by those of a \(whole)"
        }
    }
}
