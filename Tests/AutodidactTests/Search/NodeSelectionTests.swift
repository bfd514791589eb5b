import Autodidact
import Testing

@Suite("Selection of nodes")
struct NodeSelectionTests {
    static let values: [[Int]: Double] = [[]: 0.5, [0]: 0.2, [1]: 0.8, [1, 0]: 0.1, [1, 1]: 0.9]

    /// The states in the order in which a search came upon them.
    static func order(_ selection: NodeSelection, rounds: Int, priors: [Double] = []) async throws -> [[Int]] {
        let search = ToyTrees.search(selection, budget: SearchBudget(rounds: rounds))
        let trees = try await search.run(
            [ToyTrees.tree()], expand: ToyTrees.inOrder(priors: priors), evaluate: ToyTrees.values(values))
        #expect(trees[0].violations().isEmpty)
        return trees[0].nodes.map(\.state)
    }

    @Test("UCT goes where mean and bonus are greatest, worked by hand")
    func uct() async throws {
        // Round 3: 0.2 + √(ln 3) = 1.25 against 0.8 + √(ln 3) = 1.85. Round 4, after 0.1 below the second:
        // 0.2 + √(ln 4) = 1.38 against 0.45 + √(ln 4 / 2) = 1.28.
        let order = try await Self.order(.uct(), rounds: 4)
        #expect(order == [[], [0], [1], [1, 0], [0, 0]])
        // Without a bonus the second stays the better: 0.45 against 0.2.
        let greedy = try await Self.order(.uct(exploration: 0), rounds: 4)
        #expect(greedy == [[], [0], [1], [1, 0], [1, 1]])
    }

    @Test("PUCT follows priors, worked by hand")
    func puct() async throws {
        // Round 3: 0.2 + 0.9 √3/2 = 0.98 against 0.8 + 0.1 √3/2 = 0.89; with even priors 0.63 against 1.23.
        let skewed = try await Self.order(.puct(), rounds: 3, priors: [0.9, 0.1])
        #expect(skewed == [[], [0], [1], [0, 0]])
        let even = try await Self.order(.puct(), rounds: 3, priors: [0.5, 0.5])
        #expect(even == [[], [0], [1], [1, 0]])
        // Normalised: 0 + 0.9 √3/2 = 0.78 against 1 + 0.09.
        let normal = try await Self.order(.puct(normalizesValues: true), rounds: 3, priors: [0.9, 0.1])
        #expect(normal == [[], [0], [1], [1, 0]])
    }

    @Test("best-first takes the best node with room, wherever it is")
    func bestFirst() async throws {
        // Round 4: [1] is worth 0.45 and still has room; round 5: [1, 1] is worth 0.9.
        let order = try await Self.order(.bestFirst, rounds: 5)
        #expect(order == [[], [0], [1], [1, 0], [1, 1], [1, 1, 0]])
    }

    @Test("ties go to the node that was made first, unvisited nodes before all others")
    func ties() async throws {
        let search = ToyTrees.search(.uct(), width: .fixed(2, childrenPerVisit: 2), budget: SearchBudget(rounds: 3))
        let trees = try await search.run([ToyTrees.tree()], expand: ToyTrees.inOrder()) { requests in
            requests.map { $0.state == [0] || $0.state.count > 1 ? nil : NodeEvaluation(value: 1) }
        }
        // [1] was judged and [0] was not; then [0, 0] and [0, 1] are both unvisited.
        #expect(trees[0].nodes.map(\.state) == [[], [0], [1], [0, 0], [0, 1], [0, 0, 0], [0, 0, 1]])
        #expect(trees[0].violations().isEmpty)
    }

    @Test("what is exhausted is passed over, and a search ends when all is")
    func exhaustion() async throws {
        let search = ToyTrees.search(.uct(), budget: SearchBudget(rounds: 1000))
        let trees = try await search.run([ToyTrees.tree()], expand: ToyTrees.inOrder(depth: 3), evaluate: ToyTrees.values(Self.values))
        #expect(trees[0].nodes.count == 15)
        #expect(trees[0].rounds == 14)
        #expect(trees[0].nodes[0].isExhausted)
        #expect(trees[0].violations().isEmpty)
    }

    @Test("a rule of one's own sees depth and parent")
    func ownRule() async throws {
        // Deepest first.
        let order = try await Self.order(NodeSelection(scope: .frontier) { node, _, _ in Double(node.depth) }, rounds: 3)
        #expect(order == [[], [0], [0, 0], [0, 0, 0]])
    }
}
