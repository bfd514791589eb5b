public import Randomness

/// The problems of one split of a task, in an order that its key names.
public struct ProblemStream: Sendable {
    private var source: Source

    private enum Source: Sendable {
        case generated(GeneratedProblems)
        case listed(ListedProblems)
    }

    /// The endless stream of a procedural family, each problem at most once, cycling through `levels` (its default where empty).
    public init(_ family: any ProceduralFamily, split: Split, levels: [Int] = [], key: SeedTree) {
        let levels = levels.isEmpty ? family.card.defaultLevels : levels
        source = .generated(GeneratedProblems(family: family, split: split, levels: levels, generator: key.generator))
    }

    /// Problems of a list in random order, each once, or where `recycles` again and again, each time in a new order.
    public init(of problems: [Problem], recycles: Bool, key: SeedTree) {
        source = .listed(ListedProblems(problems, recycles: recycles, key: key))
    }

    /// The next `count` problems; fewer where there are no more (of a generated level: after 10,000 fruitless draws).
    public mutating func next(_ count: Int) -> [Problem] {
        switch source {
        case .generated(var problems):
            defer { source = .generated(problems) }
            return problems.next(count)
        case .listed(var problems):
            defer { source = .listed(problems) }
            return problems.next(count)
        }
    }
}

/// Problems drawn one by one, without repetition.
private struct GeneratedProblems: Sendable {
    let family: any ProceduralFamily
    let split: Split
    let levels: [Int]
    var generator: KeyedGenerator
    var seen: Set<String> = []
    var drawn = 0

    mutating func next(_ count: Int) -> [Problem] {
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

/// Problems of a list, shuffled for each pass.
private struct ListedProblems: Sendable {
    let recycles: Bool
    let key: SeedTree
    var problems: [Problem]
    var place = 0
    var pass = 0

    init(_ problems: [Problem], recycles: Bool, key: SeedTree) {
        self.recycles = recycles
        self.key = key
        self.problems = problems
        shuffle()
    }

    mutating func next(_ count: Int) -> [Problem] {
        var next: [Problem] = []
        while next.count < count && !problems.isEmpty {
            if place == problems.count {
                guard recycles else { break }
                pass += 1
                shuffle()
            }
            next.append(problems[place])
            place += 1
        }
        return next
    }

    /// The order is a function of key, pass and the problems' ids, not of the order in the list.
    private mutating func shuffle() {
        let key = key("pass", pass)
        problems = problems.map { (order: key(named: $0.id).key, problem: $0) }
            .sorted { ($0.order, $0.problem.id) < ($1.order, $1.problem.id) }
            .map(\.problem)
        place = 0
    }
}
