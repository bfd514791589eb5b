extension MathReader {
    /// Values side by side; one letter with several values, or one region, where they say so together.
    mutating func list(_ elements: [MathNode], hasOr: Bool) throws(MathFault) -> MathValue {
        let values = try values(of: elements)
        var (names, inner): (Set<String>, [MathValue]) = ([], [])
        for (index, value) in values.enumerated() {
            if case .named(let name, let content) = value {
                names.insert(name)
                inner.append(content)
            } else {
                // Further values of the letter that stands before the first.
                guard index > 0 || names.isEmpty else { throw .unreadable }
                inner.append(value)
            }
        }
        if let name = names.first, names.count == 1, case .named = values[0] {
            return .named(name, try regions(inner, hasOr: hasOr) ?? .list(inner))
        }
        return try regions(values, hasOr: hasOr) ?? .list(values)
    }

    /// Several regions as one; nil where they are something else.
    ///
    /// Without an `or` only regions apart from each other are joined: `x > 1, x < 3` might mean both at once.
    private mutating func regions(_ values: [MathValue], hasOr: Bool) throws(MathFault) -> MathValue? {
        var intervals: [Region.Interval] = []
        for value in values {
            guard case .region(let region) = value else { return nil }
            intervals += region.intervals
        }
        let union = try Region(union: intervals, algebra: &algebra)
        guard hasOr || union.intervals.count == intervals.count else { throw .unreadable }
        return .region(union)
    }
}
