import Autodidact
import Testing

@Suite("What a search brings")
struct SearchExportTests {
    /// Two children, two ends below each, and one rollout from each node that is no end.
    static func tree() async throws -> SearchTree<[Int]> {
        let ends: [[Int]: Double] = [[0, 0]: 0.3, [0, 1]: 0.6, [1, 0]: 1, [1, 1]: 0]
        let rollouts: [[Int]: Double] = [[]: 0.5, [0]: 0.25, [1]: 0.875]
        let search = TreeSearch<[Int]>(
            selection: .uct(), width: .fixed(2), weights: CriticWeights(value: 0, outcome: 1, reward: 0), budget: SearchBudget(rounds: 99))
        return try await search.run([ToyTrees.tree()], expand: ToyTrees.inOrder(depth: 2)) { requests in
            requests.map { request in
                if let end = ends[request.state] { return NodeEvaluation(outcome: end) }
                let rollout = FinishedRollout(state: request.state + [9, 9], outcome: rollouts[request.state] ?? 0, tokens: 2)
                return NodeEvaluation(rollouts: [rollout])
            }
        }[0]
    }

    static func node(_ state: [Int], of tree: SearchTree<[Int]>) -> Int? { tree.nodes.firstIndex { $0.state == state } }

    @Test("finished answers: terminal nodes, then rollouts")
    func terminals() async throws {
        let tree = try await Self.tree()
        #expect(tree.violations().isEmpty)
        #expect(Set(tree.terminals(includingRollouts: false).map(\.state)) == [[0, 0], [0, 1], [1, 0], [1, 1]])
        let all = tree.terminals()
        #expect(all.count == 7)
        #expect(all.suffix(3).allSatisfy { $0.isRollout } && all.prefix(4).allSatisfy { !$0.isRollout })
        #expect(all.first { $0.state == [1, 9, 9] }?.score == 0.875)
    }

    @Test("the greedy path follows means, the best end scores")
    func answers() async throws {
        let tree = try await Self.tree()
        // Means below the root: (0.25 + 0.3 + 0.6) / 3 = 0.38 and (0.875 + 1 + 0) / 3 = 0.63.
        #expect(tree.greedyTerminal()?.state == [1, 0])
        #expect(tree.bestTerminal()?.state == [1, 0])
        #expect(tree.path(to: tree.greedyTerminal()?.node ?? 0).map { tree.nodes[$0].state } == [[], [1], [1, 0]])
    }

    @Test("where the best end lies below a poor node, greedy and best part")
    func greedyAgainstBest() async throws {
        let values: [[Int]: Double] = [[0]: 0.75, [1]: 0.25, [0, 0]: 0.5, [0, 1]: 0.5, [1, 0]: 1, [1, 1]: 0]
        let trees = try await ToyTrees.search(.uct(), budget: SearchBudget(rounds: 99)).run(
            [ToyTrees.tree()], expand: ToyTrees.inOrder(depth: 2), evaluate: ToyTrees.values(values))
        #expect(trees[0].greedyTerminal()?.state == [0, 0])
        #expect(trees[0].bestTerminal()?.state == [1, 0])
    }

    @Test("without an end there is no answer")
    func noAnswer() async throws {
        let trees = try await ToyTrees.search(.uct(), budget: SearchBudget(rounds: 4)).run(
            [ToyTrees.tree()], expand: ToyTrees.inOrder(), evaluate: ToyTrees.values([:]))
        #expect(trees[0].greedyTerminal() == nil && trees[0].bestTerminal() == nil)
        #expect(trees[0].vote { "\($0)" } == nil)
        #expect(trees[0].valueTargets().isEmpty)
    }

    @Test("votes count answers or weigh them by their scores")
    func votes() async throws {
        let tree = try await Self.tree()
        // Of the terminal nodes two say a, with 0.3 and 0.6, one says b, with 1.0, and one says nothing.
        func said(_ state: [Int]) -> String? { state == [1, 1] ? nil : state.first == 1 ? "b" : "a" }
        let counted = tree.vote(includingRollouts: false, answer: said)
        #expect(counted?.answer == "a" && counted?.share == 2.0 / 3 && counted?.terminal.state == [0, 1])
        let weighed = tree.vote(includingRollouts: false, answer: said, weight: \.score)
        #expect(weighed?.answer == "b" && weighed?.terminal.state == [1, 0])
        #expect(abs((weighed?.share ?? 0) - 1 / 1.9) < 1e-12)
        // The rollouts bring two more votes for a, one for b.
        #expect(tree.vote(answer: said)?.share == 4.0 / 6)
        // Who says nothing has no vote.
        #expect(tree.vote { $0.last == 9 ? "nine" : nil }?.share == 1)
    }

    @Test("value targets are mean outcomes of all that is finished below")
    func valueTargets() async throws {
        let tree = try await Self.tree()
        let targets = tree.valueTargets()
        func target(_ state: [Int]) -> Double { targets.first { $0.state == state }?.target ?? .nan }
        #expect(abs(target([]) - (0.3 + 0.6 + 1 + 0.5 + 0.25 + 0.875) / 7) < 1e-12)
        #expect(target([1]) == 1.875 / 3)
        #expect(target([1, 1]) == 0)
        #expect(targets.first?.count == 7)
        #expect(Set(tree.valueTargets(minimumCount: 3).map(\.state)) == [[], [0], [1]])
    }

    @Test("sibling pairs: best against worst child of each node, by a gap")
    func siblingPairs() async throws {
        let tree = try await Self.tree()
        func states(_ pairs: [SiblingPair]) -> [[[Int]]] { pairs.map { [tree.nodes[$0.better].state, tree.nodes[$0.worse].state] } }
        let all = states(tree.siblingPairs())
        #expect(Set(all) == [[[1], [0]], [[0, 1], [0, 0]], [[1, 0], [1, 1]]])
        #expect(states(tree.siblingPairs(gap: 0.5)) == [[[1, 0], [1, 1]]])
        let best = tree.path(to: tree.greedyTerminal()?.node ?? 0)
        #expect(Set(states(tree.siblingPairs(below: best))) == [[[1], [0]], [[1, 0], [1, 1]]])
    }

    @Test("path pairs: all ordered pairs over the gap whose better one is over the bar")
    func pathPairs() async throws {
        let tree = try await Self.tree()
        func states(gap: Double, bar: Double) -> Set<[[Int]]> {
            Set(tree.pathPairs(gap: gap, bar: bar).map { [$0.good.state, $0.bad.state] })
        }
        #expect(
            states(gap: 0.2, bar: 0.5) == [
                [[1, 0], [0, 0]], [[1, 0], [0, 1]], [[1, 0], [1, 1]], [[0, 1], [0, 0]], [[0, 1], [1, 1]],
            ])
        // At a bar of 1 the perfect one still counts; a gap is to be passed, not met.
        #expect(states(gap: 0.2, bar: 1) == [[[1, 0], [0, 0]], [[1, 0], [0, 1]], [[1, 0], [1, 1]]])
        #expect(states(gap: 1, bar: 0) == [])
        #expect(tree.pathPairs(gap: 0.2, bar: 0.8, includingRollouts: true).count > 3)
    }

    @Test("answers worth imitating: over the bar, the best first, each once")
    func imitable() async throws {
        let tree = try await Self.tree()
        #expect(tree.imitable(bar: 0.5, count: 9) { "\($0)" }.map(\.score) == [1, 0.875, 0.6, 0.5])
        #expect(tree.imitable(bar: 0.5, count: 2) { "\($0)" }.map(\.state) == [[1, 0], [1, 9, 9]])
        #expect(tree.imitable(bar: 0.5, count: 9, includingRollouts: false) { "\($0.first ?? -1)" }.map(\.score) == [1, 0.6])
        #expect(tree.imitable(bar: 1.1, count: 9) { "\($0)" }.isEmpty)
    }
}
