import Autodidact
import Randomness
import Synchronization
import Testing

@Suite("Merging of siblings")
struct SiblingMergeTests {
    /// Visits the root once for `wanted` children, which come in the given order; the distance is that of the numbers.
    static func grown(_ drawn: [Int], wanted: Int, minimum: Double, resamples: Int) async throws -> (tree: SearchTree<Int>, batches: [Int])
    {
        let next = Mutex((drawn: drawn, batches: [Int]()))
        let search = TreeSearch<Int>(
            selection: .uct(), width: .fixed(wanted, childrenPerVisit: wanted),
            merge: SiblingMerge(minimumDistance: minimum, resamples: resamples) { Double(abs($0 - $1)) },
            weights: CriticWeights(value: 1, outcome: 0, reward: 0), budget: SearchBudget(rounds: 1))
        let trees = try await search.run([SearchTree(root: -1000, key: SeedTree(root: 1))]) { requests in
            requests.map { request in
                next.withLock { next in
                    next.batches.append(request.count)
                    let options = next.drawn.prefix(request.count).map { SearchOption(state: $0, tokens: 1) }
                    next.drawn.removeFirst(options.count)
                    return options
                }
            }
        } evaluate: { requests in
            requests.map { _ in NodeEvaluation(value: 0) }
        }
        return (trees[0], next.withLock { $0.batches })
    }

    @Test("what is too near is drawn again, only as much as is missing")
    func resampling() async throws {
        let (tree, batches) = try await Self.grown([0, 3, 20, 25, 50], wanted: 3, minimum: 10, resamples: 5)
        #expect(tree.childStates(of: 0) == [0, 20, 50])
        #expect(batches == [3, 1, 1])
        #expect(tree.tokens.steps == 3 && tree.tokens.rejected == 2)
        #expect(tree.nodes[0].draws == 5)
    }

    @Test("after the last resample the most distant is taken")
    func mostDistant() async throws {
        // 3 and 4 of 0 and 20; 4 is farther from both, then 3 is 1 from 4.
        let (tree, batches) = try await Self.grown([0, 3, 20, 4, 1], wanted: 3, minimum: 10, resamples: 2)
        #expect(tree.childStates(of: 0) == [0, 20, 4])
        #expect(batches == [3, 1, 1])
        #expect(tree.tokens.steps == 3 && tree.tokens.rejected == 2)
    }

    @Test("a repetition never becomes a node, and a node that brings repetitions alone is closed")
    func repetitions() async throws {
        let (tree, _) = try await Self.grown([7, 7, 7, 7], wanted: 2, minimum: 10, resamples: 2)
        #expect(tree.childStates(of: 0) == [7])
        #expect(!tree.nodes[0].isClosed)
        let search = TreeSearch<Int>(
            selection: .uct(), width: .fixed(2), merge: SiblingMerge(minimumDistance: 1, resamples: 1) { Double(abs($0 - $1)) },
            weights: CriticWeights(value: 1, outcome: 0, reward: 0), budget: SearchBudget(rounds: 50))
        let closed = try await search.run([tree]) {
            $0.map { [SearchOption(state: 7, isTerminal: $0.depth > 0, tokens: 1)] }
        } evaluate: {
            $0.map { _ in NodeEvaluation(value: 0) }
        }
        #expect(closed[0].nodes[0].isClosed)
        #expect(closed[0].violations().isEmpty)
    }

    @Test("options of one visit are compared with each other, and draws have keys of their own")
    func keys() async throws {
        let keys = Mutex<[SeedTree]>([])
        let search = TreeSearch<Int>(
            selection: .uct(), width: .fixed(4, childrenPerVisit: 2),
            merge: SiblingMerge(minimumDistance: 5, resamples: 3) { Double(abs($0 - $1)) },
            weights: CriticWeights(value: 1, outcome: 0, reward: 0), budget: SearchBudget(rounds: 40))
        let roots = (0..<3).map { SearchTree(root: $0 * 100, key: SeedTree(root: 3)("tree", $0)) }
        let trees = try await search.run(roots) { requests in
            keys.withLock { $0 += requests.map(\.key) }
            return requests.map { request in
                (0..<request.count).map { sample in
                    var generator = request.key("sample", sample).generator
                    return SearchOption(state: generator.index(below: 100))
                }
            }
        } evaluate: { requests in
            requests.map { _ in NodeEvaluation(value: 0) }
        }
        let drawn = keys.withLock { $0 }
        #expect(Set(drawn).count == drawn.count)
        for tree in trees { #expect(tree.violations().isEmpty && tree.nodes.count > 40) }
    }
}
