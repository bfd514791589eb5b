public import Autodidact

extension JSONLTask {
    /// How many problems a split has on these levels (all where empty).
    public func count(_ split: Split, levels: [Int] = []) -> Int { problems(split, levels: levels).count }

    /// Passes where each split has as many problems as are needed.
    ///
    /// - Throws: `OwnTaskError` with the first split that has too few.
    public func checkSplits(levels: [Int] = [], needed: [(split: Split, count: Int)]) throws(OwnTaskError) {
        let rows = Split.allCases.reduce(0) { $0 + count($1, levels: levels) }
        for (split, needed) in needed {
            let count = count(split, levels: levels)
            guard count < needed else { continue }
            let enough = max(50, (split == .train ? 2 : 20) * needed)
            throw OwnTaskError(
                file: file, fault: .tooFew(split: split.rawValue, count: count, needed: needed, rows: rows, rowsNeeded: enough))
        }
    }

    /// The problems of a split, in the order of the file.
    func problems(_ split: Split, levels: [Int]) -> [Problem] {
        problems.map(\.problem).filter { $0.split == split && (levels.isEmpty || levels.contains($0.level)) }
    }
}
