import Autodidact
import Randomness
import Synchronization
import Testing

/// A game with one good leaf: the critic's word is the share of the way that is right, blurred.
struct HiddenPath: Sendable {
    static let depth = 6
    static let branching = 4
    let target: [Int]

    init(_ number: Int) {
        var generator = SeedTree(root: 5)("target", number).generator
        target = (0..<Self.depth).map { _ in generator.index(below: Self.branching) }
    }

    /// Random children, as a policy would draw them.
    static func options(_ request: ExpansionRequest<[Int]>) -> [SearchOption<[Int]>] {
        (0..<request.count).map { sample in
            var generator = request.key("sample", sample).generator
            let state = request.state + [generator.index(below: branching)]
            return SearchOption(state: state, isTerminal: state.count == depth, tokens: 1)
        }
    }

    func evaluation(_ request: EvaluationRequest<[Int]>) -> NodeEvaluation<[Int]> {
        let right = zip(request.state, target).prefix { $0 == $1 }.count
        var generator = request.key.generator
        let value = Double(right) / Double(Self.depth) + 0.2 * (generator.uniform() - 0.5)
        return NodeEvaluation(value: value, outcome: request.isTerminal ? (request.state == target ? 1 : 0) : nil, tokensScored: 1)
    }

    static let search = TreeSearch<[Int]>(
        selection: .uct(exploration: 0.1), width: .adaptive(alpha: 20, minimum: 4, maximum: 8),
        merge: SiblingMerge(minimumDistance: 1, resamples: 20) { $0 == $1 ? 0 : 1 },
        weights: CriticWeights(value: 1, outcome: 0, reward: 0), budget: SearchBudget(rounds: 120))

    /// Searches games of these numbers together.
    static func searched(_ numbers: [Int], by search: TreeSearch<[Int]> = search) async throws -> [SearchTree<[Int]>] {
        let games = numbers.map(HiddenPath.init)
        let trees = numbers.map { SearchTree<[Int]>(root: [], key: SeedTree(root: 9)("game", $0)) }
        return try await search.run(trees) {
            $0.map(options)
        } evaluate: { requests in
            requests.map { games[$0.tree].evaluation($0) }
        }
    }
}

@Suite("Search of many trees")
struct TreeSearchTests {
    @Test("search finds the one good leaf where as many random leaves do not")
    func searchBeatsSampling() async throws {
        let numbers = Array(0..<40)
        let trees = try await HiddenPath.searched(numbers)
        let found = zip(numbers, trees).count { HiddenPath($0).target == $1.bestTerminal()?.state && $1.bestTerminal()?.score == 1 }
        var drawn = 0
        for (number, tree) in zip(numbers, trees) {
            var generator = SeedTree(root: 21)("random", number).generator
            let leaves = tree.nodes.map { _ in (0..<HiddenPath.depth).map { _ in generator.index(below: HiddenPath.branching) } }
            drawn += leaves.contains(HiddenPath(number).target) ? 1 : 0
        }
        // One leaf in 4,096, about 120 evaluations of each game: random leaves are expected to hit 1.2 of 40 games.
        #expect(found >= 30, "found \(found)")
        #expect(drawn <= 4, "drawn \(drawn)")
        for tree in trees { #expect(tree.violations().isEmpty) }
    }

    @Test("a tree grows as it would alone")
    func independence() async throws {
        let together = try await HiddenPath.searched([0, 1, 2, 3, 4])
        for number in 0..<5 {
            let alone = try await HiddenPath.searched([number])
            #expect(alone[0].trace { "\($0)" } == together[number].trace { "\($0)" })
        }
        #expect(together[0].trace { "\($0)" } != together[1].trace { "\($0)" })
    }

    @Test("a search that goes on equals one that was not interrupted")
    func goingOn() async throws {
        func search(_ rounds: Int) -> ToyTrees.Search { ToyTrees.search(.uct(), width: .fixed(3), budget: SearchBudget(rounds: rounds)) }
        let half = try await search(7).run([ToyTrees.tree()], expand: ToyTrees.inOrder(), evaluate: ToyTrees.values([[1]: 1]))
        let whole = try await search(20).run([ToyTrees.tree()], expand: ToyTrees.inOrder(), evaluate: ToyTrees.values([[1]: 1]))
        let continued = try await search(20).run(half, expand: ToyTrees.inOrder(), evaluate: ToyTrees.values([[1]: 1]))
        #expect(continued[0].trace { "\($0)" } == whole[0].trace { "\($0)" })
        #expect(whole[0].nodes.count == 21)
    }

    @Test("each round is one batch over all trees")
    func lockstep() async throws {
        let batches = Mutex<[Int]>([])
        let search = ToyTrees.search(.uct(), width: .fixed(3, childrenPerVisit: 2), budget: SearchBudget(rounds: 4))
        let expand = ToyTrees.inOrder()
        _ = try await search.run((0..<6).map(ToyTrees.tree)) { requests in
            batches.withLock { $0.append(requests.count) }
            return try await expand(requests)
        } evaluate: { requests in
            requests.map { _ in NodeEvaluation(value: 0) }
        }
        #expect(batches.withLock { $0 } == [6, 6, 6, 6])
    }

    @Test("every sampled and every scored token is counted, of the tree that it was for")
    func tokens() async throws {
        let spent = Mutex<[Int: (sampled: Int, scored: Int)]>([:])
        let search = TreeSearch<[Int]>(
            selection: .uct(), width: .fixed(3), merge: SiblingMerge(minimumDistance: 1, resamples: 2) { $0 == $1 ? 0 : 1 },
            weights: CriticWeights(value: 0, outcome: 1, reward: 0), budget: SearchBudget(rounds: 12))
        let trees = try await search.run((0..<4).map(ToyTrees.tree)) { requests in
            requests.map { request in
                HiddenPath.options(request).map { option in
                    let tokens = 1 + option.state.reduce(0, +)
                    spent.withLock { $0[request.tree, default: (0, 0)].sampled += tokens }
                    return SearchOption(state: option.state, isTerminal: option.isTerminal, tokens: tokens)
                }
            }
        } evaluate: { requests in
            requests.map { request in
                spent.withLock {
                    $0[request.tree, default: (0, 0)].sampled += request.isTerminal ? 0 : 10
                    $0[request.tree, default: (0, 0)].scored += 7
                }
                let rollout = FinishedRollout(state: request.state, outcome: 0.5, tokens: 10)
                return NodeEvaluation(
                    outcome: request.isTerminal ? 1 : nil, rollouts: request.isTerminal ? [] : [rollout], tokensScored: 7)
            }
        }
        for (number, tree) in trees.enumerated() {
            let known = spent.withLock { $0[number] }
            #expect(tree.tokens.sampled == known?.sampled)
            #expect(tree.tokens.scored == known?.scored)
            #expect(tree.tokens.rejected > 0 && tree.tokens.rollouts > 0)
            #expect(tree.violations().isEmpty)
        }
    }

    @Test("each limit of the budget ends a tree")
    func budgets() async throws {
        func grown(_ budget: SearchBudget) async throws -> ToyTrees.Tree {
            try await ToyTrees.search(.uct(), width: .fixed(2), budget: budget).run(
                [ToyTrees.tree()], expand: ToyTrees.inOrder(depth: 4, tokens: 5), evaluate: ToyTrees.values([:]))[0]
        }
        #expect(try await grown(SearchBudget(rounds: 0)).nodes.count == 1)
        #expect(try await grown(SearchBudget(rounds: 3)).nodes.count == 4)
        #expect(try await grown(SearchBudget(rounds: 99, nodes: 6)).nodes.count == 6)
        #expect(try await grown(SearchBudget(rounds: 99, tokens: 21)).tokens.sampled == 25)
        #expect(try await grown(SearchBudget(rounds: 99, terminals: 3)).terminals().count == 3)
        let flat = try await grown(SearchBudget(rounds: 99, depth: 2))
        #expect(flat.nodes.count == 7 && flat.terminals().isEmpty && flat.nodes[0].isExhausted)
    }

    @Test("an expansion or evaluation that breaks its promise is refused in words")
    func refusals() async throws {
        let search = ToyTrees.search(.uct(), budget: SearchBudget(rounds: 2))
        let tree = [ToyTrees.tree()]
        await #expect(throws: SearchError.wrongCount(of: "expansion", wanted: 1, got: 0)) {
            try await search.run(tree) { _ in
                []
            } evaluate: {
                $0.map { _ in NodeEvaluation(value: 0) }
            }
        }
        await #expect(throws: SearchError.wrongCount(of: "expansion of one node", wanted: 1, got: 2)) {
            try await search.run(tree) { _ in
                [[SearchOption(state: [0]), SearchOption(state: [1])]]
            } evaluate: {
                $0.map { _ in NodeEvaluation(value: 0) }
            }
        }
        await #expect(throws: SearchError.wrongCount(of: "evaluation", wanted: 1, got: 0)) {
            try await search.run(tree, expand: ToyTrees.inOrder()) { _ in [] }
        }
        await #expect(throws: SearchError.missingCritic("value", weight: 1)) {
            try await search.run(tree, expand: ToyTrees.inOrder()) { $0.map { _ in NodeEvaluation(outcome: 1) } }
        }
        await #expect(throws: SearchError.notFinite("value", value: .infinity)) {
            try await search.run(tree, expand: ToyTrees.inOrder()) { $0.map { _ in NodeEvaluation(value: .infinity) } }
        }
    }

    @Test("a node without options is not visited again")
    func deadEnds() async throws {
        let search = ToyTrees.search(.uct(), width: .fixed(3), budget: SearchBudget(rounds: 100))
        let trees = try await search.run([ToyTrees.tree()]) { requests in
            requests.map { $0.depth == 0 && $0.siblings.count < 2 ? [SearchOption(state: [$0.siblings.count])] : [] }
        } evaluate: { requests in
            requests.map { _ in NodeEvaluation(value: 0) }
        }
        // Two children, each found empty, and the root itself.
        #expect(trees[0].rounds == 5)
        #expect(trees[0].nodes.allSatisfy { $0.isClosed && $0.isExhausted })
    }
}

@Suite("Weights of critics")
struct CriticWeightsTests {
    @Test("the score is the weighted sum, with the mean outcome of rollouts")
    func score() throws {
        let rollouts = [1.0, 0, 0, 1].map { FinishedRollout(state: 0, outcome: $0, tokens: 3) }
        let evaluation = NodeEvaluation(value: 0.25, reward: 2, rollouts: rollouts)
        #expect(try CriticWeights(value: 1, outcome: 0.5, reward: 0.125).score(of: evaluation) == 0.75)
        #expect(try CriticWeights().score(of: evaluation) == 0.75)
        #expect(try CriticWeights(value: 0, outcome: 1, reward: 0).score(of: NodeEvaluation<Int>(outcome: 0.5)) == 0.5)
    }
}
