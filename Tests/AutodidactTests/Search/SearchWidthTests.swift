import Autodidact
import Testing

@Suite("Width and backup of a search")
struct SearchWidthTests {
    /// The number of the root's children after so many rounds that only widen it.
    static func rootWidths(_ width: SearchWidth, values: [[Int]: Double], rounds: Int) async throws -> [Int] {
        var trees = [ToyTrees.tree()]
        var allowed: [Int] = []
        for round in 1...rounds {
            let search = ToyTrees.search(.uct(), width: width, budget: SearchBudget(rounds: round, depth: 1))
            trees = try await search.run(trees, expand: ToyTrees.inOrder(), evaluate: ToyTrees.values(values))
            allowed.append(trees[0].nodes[0].statistics.allowedChildren)
        }
        #expect(trees[0].violations().isEmpty)
        return allowed
    }

    @Test("adaptive width is ⌊α max |v(child) − v|⌋ within bounds, worked by hand")
    func adaptive() async throws {
        // v = 0.5; |differences| 0, 0.375, 0.5, 0.5: α = 8 allows 2 (the minimum), 3, 4, 4.
        let values: [[Int]: Double] = [[]: 0.5, [0]: 0.5, [1]: 0.875, [2]: 0, [3]: 1]
        let width = SearchWidth.adaptive(alpha: 8, minimum: 2, maximum: 3, rootMaximum: 6)
        #expect(try await Self.rootWidths(width, values: values, rounds: 4) == [2, 3, 4, 4])
        let capped = SearchWidth.adaptive(alpha: 8, minimum: 2, maximum: 3)
        #expect(try await Self.rootWidths(capped, values: values, rounds: 4) == [2, 3, 3, 3])
        let even = SearchWidth.adaptive(alpha: 8, minimum: 2, maximum: 6)
        #expect(try await Self.rootWidths(even, values: [:], rounds: 4) == [2, 2, 2, 2])
    }

    @Test("a huge importance stops at the bound")
    func hugeImportance() async throws {
        let width = SearchWidth.adaptive(alpha: 1e300, minimum: 1, maximum: 5)
        #expect(try await Self.rootWidths(width, values: [[]: 1], rounds: 5) == [5, 5, 5, 5, 5])
    }

    @Test("the width by returns reads the children's means, and never falls")
    func returns() async throws {
        // Means 0 and 1 differ by 0.5 from their mean: 4 children. Children 2 and 3 bring 0: the spread of 0.75 allows 6. What is
        // below [1] then draws it to 0.
        let width = SearchWidth(childrenPerVisit: 2) { node, children in
            node.depth > 0 ? 4 : SearchWidth.rule(node, children)
        }
        var trees = [ToyTrees.tree()]
        var allowed: [Int] = []
        for round in 1...12 {
            let search = ToyTrees.search(.uct(exploration: 0), width: width, budget: SearchBudget(rounds: round))
            trees = try await search.run(trees, expand: ToyTrees.inOrder(), evaluate: ToyTrees.values([[1]: 1]))
            allowed.append(trees[0].nodes[0].statistics.allowedChildren)
        }
        #expect(allowed[0] == 4 && allowed[1] == 6)
        #expect(allowed == allowed.sorted())
        #expect(trees[0].nodes[2].statistics.value < 0.5)
        #expect(trees[0].violations().isEmpty)
    }

    @Test("a fixed width has a root of its own, and makes several children on a visit")
    func fixed() async throws {
        let search = ToyTrees.search(.uct(), width: .fixed(2, root: 5, childrenPerVisit: 3), budget: SearchBudget(rounds: 100))
        let trees = try await search.run([ToyTrees.tree()], expand: ToyTrees.inOrder(depth: 2), evaluate: ToyTrees.values([:]))
        #expect(trees[0].nodes[0].children == [1, 2, 3, 4, 5])
        #expect(trees[0].nodes.count == 16)
        // Two visits of the root, one of each of its children.
        #expect(trees[0].rounds == 7)
    }

    @Test("backups: mean, greatest, and children by visits, worked by hand")
    func backups() async throws {
        // Root 0.5; children 0.2, 0.8; then 0.1 and 0.9 below the second (c = 0).
        func rootAndSecond(_ backup: SearchBackup) async throws -> [Double] {
            let search = ToyTrees.search(.uct(exploration: 0), backup: backup, budget: SearchBudget(rounds: 4))
            let trees = try await search.run(
                [ToyTrees.tree()], expand: ToyTrees.inOrder(), evaluate: ToyTrees.values(NodeSelectionTests.values))
            #expect(trees[0].violations().isEmpty)
            return [trees[0].nodes[0].statistics.value, trees[0].nodes[2].statistics.value]
        }
        let mean = try await rootAndSecond(.mean)
        #expect(abs(mean[0] - 2.5 / 5) < 1e-12 && abs(mean[1] - 1.8 / 3) < 1e-12)
        // The greatest: the second child keeps 0.8 after 0.1, and has 0.9 after 0.9.
        #expect(try await rootAndSecond(.max) == [0.9, 0.9])
        let byVisits = try await rootAndSecond(.childrenByVisits)
        // The second is worth 0.1 after its first child, so the first child (0.2) is visited next: [0, 0] has 0.
        #expect(abs(byVisits[1] - 0.1) < 1e-12)
        #expect(abs(byVisits[0] - (0.0 * 2 + 0.1 * 2) / 4) < 1e-12)
    }
}

extension SearchWidth {
    /// The root's rule of `returns`: α = 8 on the children's means.
    static func rule(_ node: NodeStatistics, _ children: [NodeStatistics]) -> Int {
        let values = children.filter { $0.visits > 0 }.map(\.value)
        guard !values.isEmpty else { return 2 }
        let mean = values.reduce(0, +) / Double(values.count)
        return max(2, Int(8 * (values.map { abs($0 - mean) }.max() ?? 0)))
    }
}
