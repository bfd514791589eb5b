/// How many children a node may have.
public struct SearchWidth: Sendable {
    /// The most children that are made on one visit; more than one makes wider batches, and looks less closely between two.
    public let childrenPerVisit: Int
    /// What a node may have, given what is known of it and of its children; the tree lets it grow only.
    let allowed: @Sendable (_ node: NodeStatistics, _ children: [NodeStatistics]) -> Int

    /// A rule of one's own.
    public init(
        childrenPerVisit: Int = 1, allowed: @escaping @Sendable (_ node: NodeStatistics, _ children: [NodeStatistics]) -> Int
    ) {
        precondition(childrenPerVisit > 0, "a visit makes at least one child, not \(childrenPerVisit)")
        self.childrenPerVisit = childrenPerVisit
        self.allowed = allowed
    }

    /// The same number everywhere, but for the root where told so.
    public static func fixed(_ children: Int, root: Int? = nil, childrenPerVisit: Int = 1) -> SearchWidth {
        SearchWidth(childrenPerVisit: childrenPerVisit) { node, _ in node.depth == 0 ? root ?? children : children }
    }

    /// What makes a node worth more children.
    public enum Importance: String, Sendable, Hashable, Codable, CaseIterable {
        /// max |v(child) − v(s)| by the value critic (AlphaLLM, arXiv:2404.12253).
        case criticValues = "critic-values"
        /// max |q(child) − mean q| over the children (the paper's released code).
        case returns
    }

    /// Importance-weighted width: ⌊α I(s)⌋ within bounds (AlphaLLM, arXiv:2404.12253).
    ///
    /// Children that were not evaluated do not count; without two values to compare the importance is 0.
    /// - Parameters:
    ///   - alpha: Children for each unit of importance; the released code has 2, on values that spread wider than [0, 1].
    ///   - minimum: What every node may have.
    ///   - maximum: What no node but the root may pass.
    ///   - rootMaximum: What the root may not pass.
    ///   - importance: What makes a node worth more children.
    ///   - childrenPerVisit: The most children that are made on one visit.
    public static func adaptive(
        alpha: Double, minimum: Int, maximum: Int, rootMaximum: Int? = nil, importance: Importance = .criticValues,
        childrenPerVisit: Int = 1
    ) -> SearchWidth {
        precondition(minimum > 0 && maximum >= minimum, "a width from \(minimum) to \(maximum) is no range")
        precondition(rootMaximum ?? maximum >= minimum, "a root's width from \(minimum) to \(rootMaximum ?? 0) is no range")
        return SearchWidth(childrenPerVisit: childrenPerVisit) { node, children in
            let most = node.depth == 0 ? rootMaximum ?? maximum : maximum
            let wanted = alpha * importance.of(node, children)
            return wanted >= Double(most) ? most : max(minimum, Int(wanted))
        }
    }
}

extension SearchWidth.Importance {
    /// I(s) ≥ 0, in the unit of the values.
    func of(_ node: NodeStatistics, _ children: [NodeStatistics]) -> Double {
        switch self {
        case .criticValues:
            guard let own = node.criticValue else { return 0 }
            return children.compactMap(\.criticValue).map { abs($0 - own) }.max() ?? 0
        case .returns:
            let values = children.filter { $0.visits > 0 }.map(\.value)
            let mean = values.reduce(0, +) / Double(max(1, values.count))
            return values.map { abs($0 - mean) }.max() ?? 0
        }
    }
}
