public import Randomness

/// The problems of one split of a family: endless, seeded, each problem at most once.
public struct ProblemStream: Sendable {
    private let family: any TaskFamily
    private let split: Split
    private let levels: [Int]
    private var generator: KeyedGenerator
    private var seen: Set<String> = []
    private var drawn = 0

    /// The stream of `split`, cycling through `levels` (the family's default where empty), named by `key`.
    public init(_ family: any TaskFamily, split: Split, levels: [Int] = [], key: SeedTree) {
        self.family = family
        self.split = split
        self.levels = levels.isEmpty ? family.card.defaultLevels : levels
        generator = key.generator
    }

    /// The next `count` new problems; fewer where a level has no more to give (after 10,000 fruitless draws).
    public mutating func next(_ count: Int) -> [Problem] {
        var problems: [Problem] = []
        var fruitless = 0
        while problems.count < count && fruitless < 10_000 {
            let problem = family.problem(level: levels[drawn % levels.count], using: &generator)
            if problem.split == split && seen.insert(problem.id).inserted {
                problems.append(problem)
                drawn += 1
                fruitless = 0
            } else {
                fruitless += 1
            }
        }
        return problems
    }
}
