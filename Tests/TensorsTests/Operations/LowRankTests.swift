import Randomness
import Tensors
import Testing

@Suite("Low-rank factors")
struct LowRankTests {
    @Test("the backward pass equals central differences", arguments: LowRankTests.cases, [false, true])
    func gradient(_ operation: GradientCase, asParameters: Bool) {
        operation.check(asParameters: asParameters)
    }

    @Test("a constant receives nothing and changes no other gradient", arguments: LowRankTests.cases)
    func constants(_ operation: GradientCase) {
        operation.checkConstants()
    }

    @Test("add to a product what the definition says, and nothing to columns of no part")
    func definition() {
        let x = RandomFloats.normal(5 * 7, SeedTree(root: 1)), w = RandomFloats.normal(11 * 7, SeedTree(root: 2))
        let a = RandomFloats.normal(4 * 7, SeedTree(root: 3)), b0 = RandomFloats.normal(3 * 2, SeedTree(root: 4))
        let b1 = RandomFloats.normal(6 * 2, SeedTree(root: 5))
        let tape = Tape(recording: false)
        let term = Self.term([Tensor(a, shape: [4, 7]), Tensor(b0, shape: [3, 2]), Tensor(b1, shape: [6, 2])], [1..<4, 5..<11])
        let input = Tensor(x, shape: [5, 7])
        let plain = tape.linear(input, Tensor(w, shape: [11, 7])).values
        let adapted = tape.adding(term, of: input, to: tape.linear(input, Tensor(w, shape: [11, 7]))).values
        for t in 0..<5 {
            for n in 0..<11 {
                var update = 0.0
                for r in 0..<2 where n != 0 && n != 4 {
                    let (row, factor) = n < 4 ? (r, b0[(n - 1) * 2 + r]) : (2 + r, b1[(n - 5) * 2 + r])
                    update += (0..<7).reduce(0.0) { $0 + Double(x[t * 7 + $1]) * Double(a[row * 7 + $1]) } * Double(factor)
                }
                #expect(abs(Double(adapted[t * 11 + n]) - Double(plain[t * 11 + n]) - 1.5 * update) < 1e-5)
            }
        }
    }

    @Test("merged into a matrix give the product that they give beside it")
    func merging() {
        let x = RandomFloats.normal(5 * 7, SeedTree(root: 1)), w = RandomFloats.normal(11 * 7, SeedTree(root: 2))
        let factors = [
            Tensor(RandomFloats.normal(4 * 7, SeedTree(root: 3)), shape: [4, 7]),
            Tensor(RandomFloats.normal(3 * 2, SeedTree(root: 4)), shape: [3, 2]),
            Tensor(RandomFloats.normal(6 * 2, SeedTree(root: 5)), shape: [6, 2]),
        ]
        let term = Self.term(factors, [1..<4, 5..<11]), tape = Tape(recording: false), input = Tensor(x, shape: [5, 7])
        let beside = tape.adding(term, of: input, to: tape.linear(input, Tensor(w, shape: [11, 7]))).values
        let matrix = Tensor(w, shape: [11, 7])
        term.merge(into: matrix)
        let merged = tape.linear(input, matrix).values
        #expect(zip(beside, merged).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("a row has the same bits in any batch", .enabled(if: MatrixProduct.usesKernels))
    func batches() {
        let parameters = Parameters([
            ParameterSpecification("W", shape: [48, 40], decays: true), ParameterSpecification("A", shape: [16, 40], decays: true),
            ParameterSpecification("B", shape: [48, 16], decays: true),
        ])
        parameters.storage.write(RandomFloats.normal(parameters.count, SeedTree(root: 6)))
        parameters.didChange()
        let x = RandomFloats.normal(37 * 40, SeedTree(root: 7)), tape = Tape(recording: false)
        func outputs(_ rows: Range<Int>) -> [Float] {
            let input = Tensor(Array(x[rows.lowerBound * 40..<rows.upperBound * 40]), shape: [rows.count, 40])
            let factor = LowRankTerm.Part(parameters.tensor("B", shape: [48, 16]), columns: 0..<48)
            let term = LowRankTerm(first: parameters.tensor("A", shape: [16, 40]), parts: [factor], scale: 0.3)
            return tape.adding(term, of: input, to: tape.linear(input, parameters.tensor("W", shape: [48, 40]))).values
        }
        let all = outputs(0..<37)
        for rows in [0..<1, 5..<6, 3..<12, 36..<37] {
            #expect(outputs(rows).map(\.bitPattern) == all[rows.lowerBound * 48..<rows.upperBound * 48].map(\.bitPattern))
        }
    }

    @Test("beside frozen parameters they get the gradients of a tape on which all learns, and the frozen ones get none")
    func frozen() {
        func parameters(_ name: String, _ shapes: [[Int]]) -> Parameters {
            let parameters = Parameters(shapes.enumerated().map { ParameterSpecification("\(name)\($0)", shape: $1, decays: true) })
            parameters.storage.write(RandomFloats.normal(parameters.count, SeedTree(root: 8)(named: name)))
            parameters.didChange()
            return parameters
        }
        let base = parameters("base", [[9, 6], [9]]), adapter = parameters("adapter", [[2, 6], [9, 2]])
        let x = Tensor(RandomFloats.normal(4 * 6, SeedTree(root: 9)), shape: [4, 6], requiresGradient: true)
        let gradients = ParameterGradients(adapter)
        let tape = Tape(recording: true, gradients: gradients)
        let term = LowRankTerm(
            first: adapter.tensor("adapter0", shape: [2, 6]),
            parts: [LowRankTerm.Part(adapter.tensor("adapter1", shape: [9, 2]), columns: 0..<9)], scale: 1.5)
        let product = tape.adding(term, of: x, to: tape.linear(x, base.tensor("base0", shape: [9, 6])))
        let y = tape.rmsNorm(product, gain: base.tensor("base1", shape: [9]), epsilon: 1e-3)
        let seed = RandomFloats.normal(y.count, SeedTree(root: 10))
        tape.backward(from: y, seed: seed)

        let leaves = [base, adapter].flatMap { parameters in
            parameters.specifications.map { specification in
                let start = parameters.offset(of: specification.name)
                return Tensor(
                    parameters.storage.read(start..<start + specification.count), shape: specification.shape, requiresGradient: true)
            }
        }
        let other = Tensor(x.values, shape: [4, 6], requiresGradient: true), all = Tape(recording: true)
        let whole = all.rmsNorm(
            all.adding(Self.term(Array(leaves[2...]), [0..<9]), of: other, to: all.linear(other, leaves[0])), gain: leaves[1], epsilon: 1e-3
        )
        all.backward(from: whole, seed: seed)
        let expected = leaves[2...].flatMap { $0.gradientValues ?? [] }
        #expect(expected.count == adapter.count && zip(gradients.completed().floats, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(zip(x.gradientValues ?? [], other.gradientValues ?? [.nan]).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    private static func term(_ factors: [Tensor], _ columns: [Range<Int>]) -> LowRankTerm {
        LowRankTerm(first: factors[0], parts: zip(factors.dropFirst(), columns).map { LowRankTerm.Part($0, columns: $1) }, scale: 1.5)
    }

    static let cases: [GradientCase] = [
        GradientCase(
            "low-rank factors beside a matrix",
            [.init([13, 19], seed: 61), .init([35, 19], seed: 62), .init([4, 19], seed: 63), .init([35, 4], seed: 64)]
        ) {
            $0.adding(term(Array($1[2...]), [0..<35]), of: $1[0], to: $0.linear($1[0], $1[1]))
        },
        GradientCase(
            "low-rank factors of two parts of a matrix, and a residual",
            [
                .init([13, 19], seed: 65), .init([35, 19], seed: 66), .init([13, 35], seed: 67), .init([6, 19], seed: 68),
                .init([20, 3], seed: 69), .init([7, 3], seed: 70),
            ]
        ) {
            $0.adding(term(Array($1[3...]), [15..<35, 0..<7]), of: $1[0], to: $0.linear($1[0], $1[1], addedTo: $1[2]))
        },
        GradientCase(
            "low-rank factors used twice, of many rows",
            [.init([150, 5], seed: 71), .init([5, 5], seed: 72), .init([1, 5], seed: 73), .init([5, 1], seed: 74)]
        ) {
            let once = $0.adding(term(Array($1[2...]), [0..<5]), of: $1[0], to: $0.linear($1[0], $1[1]))
            return $0.adding(term(Array($1[2...]), [0..<5]), of: once, to: $0.linear(once, $1[1]))
        },
        GradientCase(
            "low-rank factors beside a head, in several chunks",
            [.init([20, 5], seed: 75), .init([3000, 5], seed: 76), .init([2, 5], seed: 77), .init([3000, 2], seed: 78)]
        ) {
            $0.selectedLogprobs(
                $1[0], head: $1[1], update: term(Array($1[2...]), [0..<3000]), rows: (0..<100).map { $0 * 7 % 20 },
                targets: (0..<100).map { Int32($0 * 31 % 3000) })
        },
    ]
}
