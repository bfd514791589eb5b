import Tensors
import Testing

@testable import LanguageModel

@Suite("Scoring continuations of shared contexts")
struct BranchScoringTests {
    /// Labels of one, two and three tokens after contexts of different lengths, the contexts interleaved, and sequences on their own.
    private static let batch: [ScoringSequence] = {
        let contexts: [[Int32]] = [[3, 1, 4, 1, 5, 9, 2, 6, 5, 3], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5], Array(repeating: 6, count: 40)]
        let labels: [[Int32]] = [[1], [2, 3], [2, 4], [5, 6, 7]]
        let shared = labels.flatMap { label in contexts.map { ScoringSequence(context: $0, targets: label) } }
        return [ScoringSequence(context: [1], targets: [2, 3, 4])] + shared + [ScoringSequence(context: [9, 8], targets: [])]
    }()

    @Test("what shares a context worth reading once is scored together, in the order of the batch")
    func split() {
        let split = ContextBranches.split(Self.batch)
        #expect(split.together.map(\.members) == [[1, 4, 7, 10], [2, 5, 8, 11], [3, 6, 9, 12]])
        #expect(split.together.map(\.context.count) == [10, 12, 40])
        #expect(split.alone == [0, 13])
    }

    @Test(
        "a label's logprobs are bit for bit those of the whole sequence, on any number of cores",
        .enabled(if: MatrixProduct.usesKernels), arguments: ToyFamily.allCases, [1, 2])
    func likeWholeSequences(family: ToyFamily, cores: Int) {
        let trainer = Trainer(ToyTransformer.make(family: family), cores: Cores(cores))
        let whole = Self.batch.flatMap { trainer.logprobs([$0]) }
        #expect(trainer.logprobs(Self.batch).isIdentical(to: whole))
    }

    @Test(
        "an adapter counts in each of them, bit for bit", .enabled(if: MatrixProduct.usesKernels), arguments: ToyAdapter.configurations,
        [1, 2])
    func likeWholeSequencesWithAdapter(configuration: AdapterConfiguration, cores: Int) {
        let transformer = ToyTransformer.make()
        let trainer = Trainer(transformer, adapter: ToyAdapter.make(transformer, configuration), cores: Cores(cores))
        let together = trainer.logprobs(Self.batch)
        #expect(together.isIdentical(to: Self.batch.flatMap { trainer.logprobs([$0]) }))
        #expect(!together.isIdentical(to: Trainer(transformer, cores: Cores(cores)).logprobs(Self.batch)))
    }

    @Test("more contexts than rows are continued together come out the same", .enabled(if: MatrixProduct.usesKernels))
    func manyContexts() {
        let trainer = Trainer(ToyTransformer.make(), cores: Cores(2))
        let batch = (0..<300).flatMap { index in
            [[1], [2, 3]].map { ScoringSequence(context: (0..<12).map { Int32((index >> ($0 % 9)) & 7) }, targets: $0) }
        }
        #expect(ContextBranches.split(batch).together.count == 300)
        let whole = batch.flatMap { trainer.logprobs([$0]) }
        #expect(trainer.logprobs(batch).isIdentical(to: whole))
    }

    @Test("long continuations of a short context are scored one by one")
    func longContinuations() {
        let batch = (0..<4).map { ScoringSequence(context: [1, 2, 3], targets: Array(repeating: Int32($0), count: 9)) }
        let split = ContextBranches.split(batch)
        #expect(split.together.isEmpty && split.alone == [0, 1, 2, 3])
    }
}
