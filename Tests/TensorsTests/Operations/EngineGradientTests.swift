import Randomness
import Tensors
import Testing

@Suite("Gradients of the transformer's operations")
struct EngineGradientTests {
    @Test("the backward pass equals central differences", arguments: EngineGradientTests.cases, [false, true])
    func gradient(_ operation: GradientCase, asParameters: Bool) {
        operation.check(asParameters: asParameters)
    }

    @Test(
        "a constant receives nothing and changes no other gradient",
        arguments: EngineGradientTests.cases + [EngineGradientTests.attention(group: 2, headWidth: 8, fused: false)])
    func constants(_ operation: GradientCase) {
        operation.checkConstants()
    }

    @Test("of attention, from columns of one fused tensor", arguments: [1, 2, 3, 4], [8, 16, 32, 48, 64])
    func fusedAttention(group: Int, headWidth: Int) {
        Self.attention(group: group, headWidth: headWidth, fused: true).check(asParameters: false)
    }

    @Test("of attention, from separate tensors", arguments: [1, 2, 3, 4], [8, 16, 32, 48, 64])
    func separateAttention(group: Int, headWidth: Int) {
        Self.attention(group: group, headWidth: headWidth, fused: false).check(asParameters: false)
    }

    /// Lengths 1, around a block of 16, and more than one block; two key heads.
    static func attention(group: Int, headWidth D: Int, fused: Bool) -> GradientCase {
        let sequences = PackedSequences(lengths: [1, 5, 18, 16, 1, 33]), T = sequences.rows
        let q = 2 * group * D, k = 2 * D
        let name = "attention of \(group) heads a group, width \(D), \(fused ? "fused" : "separate")"
        guard fused else {
            return GradientCase(name, [.init([T, q], seed: 21), .init([T, k], seed: 22), .init([T, k], seed: 23)]) {
                $0.attention(q: $1[0].allColumns, k: $1[1].allColumns, v: $1[2].allColumns, headWidth: D, sequences: sequences)
            }
        }
        // Three columns on the left and two on the right belong to nobody.
        return GradientCase(name, [.init([T, q + 2 * k + 5], seed: 24)]) {
            let x = $1[0]
            return $0.attention(
                q: x.columns(3..<3 + q), k: x.columns(3 + q..<3 + q + k), v: x.columns(3 + q + k..<3 + q + 2 * k), headWidth: D,
                sequences: sequences)
        }
    }

    static let cases: [GradientCase] = products + norms + lookups + logprobs

    private static let products: [GradientCase] = [
        GradientCase("linear", [.init([13, 19], seed: 31), .init([35, 19], seed: 32)]) { $0.linear($1[0], $1[1]) },
        GradientCase("linear with residual", [.init([13, 19], seed: 31), .init([35, 19], seed: 32), .init([13, 35], seed: 33)]) {
            $0.linear($1[0], $1[1], addedTo: $1[2])
        },
        GradientCase("linear of many rows", [.init([300, 5], seed: 34), .init([3, 5], seed: 35)]) { $0.linear($1[0], $1[1]) },
        GradientCase("linear with bias", [.init([13, 19], seed: 31), .init([35, 19], seed: 32), .init([35], seed: 59)]) {
            $0.adding(bias: $1[2], to: $0.linear($1[0], $1[1]))
        },
        GradientCase(
            "linear with residual and bias",
            [.init([13, 19], seed: 31), .init([35, 19], seed: 32), .init([13, 35], seed: 33), .init([35], seed: 59)]
        ) { $0.adding(bias: $1[3], to: $0.linear($1[0], $1[1], addedTo: $1[2])) },
        GradientCase("linear with bias, read twice", [.init([5, 6], seed: 31), .init([6, 6], seed: 32), .init([6], seed: 59)]) {
            let y = $0.adding(bias: $1[2], to: $0.linear($1[0], $1[1]))
            return $0.linear(y, $1[1], addedTo: y)
        },
        GradientCase("linear onto its own input", [.init([4, 6], seed: 36), .init([6, 6], seed: 37)]) {
            $0.linear($1[0], $1[1], addedTo: $1[0])
        },
        GradientCase("matmul", [.init([13, 19], seed: 38), .init([19, 35], seed: 39)]) { $0.matmul($1[0], $1[1]) },
        GradientCase("matmul of a matrix with itself", [.init([7, 7], seed: 40)]) { $0.matmul($1[0], $1[0]) },
    ]

    private static let norms: [GradientCase] = [
        GradientCase("rmsNorm", [.init([5, 37], seed: 41), .init([37], seed: 42)]) { $0.rmsNorm($1[0], gain: $1[1], epsilon: 1e-3) },
        GradientCase("rmsNorm of a narrow row", [.init([5, 3], seed: 41), .init([3], seed: 42)]) {
            $0.rmsNorm($1[0], gain: $1[1], epsilon: 1e-3)
        },
        GradientCase("normRotate of inner columns", [.init([4, 47], seed: 43), .init([8], seed: 44)]) {
            $0.normRotate($1[0].columns(3..<35), gain: $1[1], epsilon: 1e-3, positions: [0, 5, 2, 9], table: rotary8)
        },
        GradientCase("normRotate of all columns", [.init([4, 96], seed: 45), .init([48], seed: 46)]) {
            $0.normRotate($1[0].allColumns, gain: $1[1], epsilon: 1e-3, positions: [0, 1, 2, 9], table: rotary48)
        },
        GradientCase("normRotate of two parts of one tensor", [.init([3, 24], seed: 47), .init([8], seed: 48), .init([8], seed: 49)]) {
            let queries = $0.normRotate($1[0].columns(0..<16), gain: $1[1], epsilon: 1e-3, positions: [0, 1, 7], table: rotary8)
            let keys = $0.normRotate($1[0].columns(16..<24), gain: $1[2], epsilon: 1e-3, positions: [0, 1, 7], table: rotary8)
            return $0.concatColumns([queries, keys])
        },
        GradientCase("rotate of inner columns", [.init([4, 47], seed: 60)]) {
            $0.rotate($1[0].columns(3..<35), positions: [0, 5, 2, 9], table: rotary8)
        },
        GradientCase("rotate of two parts of one tensor", [.init([3, 24], seed: 61)]) {
            let queries = $0.rotate($1[0].columns(0..<16), positions: [0, 1, 7], table: scaled8)
            let keys = $0.rotate($1[0].columns(16..<24), positions: [0, 1, 7], table: scaled8)
            return $0.concatColumns([queries, keys])
        },
        GradientCase("swiGLU", [.init([5, 74], seed: 50)]) { $0.swiGLU($1[0]) },
        GradientCase("swiGLU of one column", [.init([5, 2], seed: 51)]) { $0.swiGLU($1[0]) },
    ]

    private static let lookups: [GradientCase] = [
        GradientCase("embedding with repeated indices", [.init([6, 19], seed: 52)]) { $0.embedding([3, 0, 3, 5, 3], table: $1[0]) },
        GradientCase("rows with repeated indices", [.init([6, 19], seed: 53)]) { $0.rows([5, 0, 5, 2], of: $1[0]) },
    ]

    /// 100 rows of 3,000 logits are more than one chunk.
    private static let logprobs: [GradientCase] = [
        GradientCase("selectedLogprobs in several chunks", [.init([20, 5], seed: 54), .init([3000, 5], seed: 55)]) {
            $0.selectedLogprobs(
                $1[0], head: $1[1], rows: (0..<100).map { $0 * 7 % 20 }, targets: (0..<100).map { Int32($0 * 31 % 3000) })
        },
        GradientCase("selectedLogprobs at some rows", [.init([6, 9], seed: 56), .init([11, 9], seed: 57)]) {
            $0.selectedLogprobs($1[0], head: $1[1], rows: [4, 1, 4], targets: [10, 0, 3])
        },
        GradientCase("selectedLogprobs with a tied head", [.init([11, 9], seed: 58)]) {
            let x = $0.embedding([1, 7, 7, 0], table: $1[0])
            return $0.selectedLogprobs(x, head: $1[0], rows: [0, 1, 2, 3], targets: [7, 7, 0, 10])
        },
    ]

    private static let rotary8 = RotaryTable(positions: 10, headWidth: 8, theta: 100)
    private static let scaled8 = RotaryTable(
        positions: 10, headWidth: 8, theta: 100,
        scaling: .llama3(factor: 4, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8))
    private static let rotary48 = RotaryTable(positions: 10, headWidth: 48, theta: 100)
}
