import Foundation
import Randomness
import Tensors
import Testing

@Suite("Values of the general operations")
struct GeneralOperationTests {
    private let tape = Tape(recording: false)
    private let x = Tensor([1, -2, 3, 0.5, 0, -1], shape: [2, 3])
    private let y = Tensor([2, 2, -1, 4, 5, 0.5], shape: [2, 3])
    private let row = Tensor([10, 20, 30], shape: [3])

    private static func isClose(_ tensor: Tensor, _ values: [Float], within tolerance: Float = 1e-6) -> Bool {
        tensor.count == values.count && zip(tensor.values, values).allSatisfy { abs($0 - $1) <= tolerance }
    }

    @Test("arithmetic goes element by element")
    func arithmetic() {
        #expect(tape.add(x, y).values == [3, 0, 2, 4.5, 5, -0.5])
        #expect(tape.subtract(x, y).values == [-1, -4, 4, -3.5, -5, -1.5])
        #expect(tape.multiply(x, y).values == [2, -4, -3, 2, 0, -0.5])
        #expect(tape.scale(x, by: 2).values == [2, -4, 6, 1, 0, -2])
        #expect(tape.negate(x).values == [-1, 2, -3, -0.5, 0, 1])
        #expect(tape.add(x, y).shape == [2, 3])
    }

    @Test("functions equal Foundation's")
    func functions() {
        let numbers = x.values
        #expect(Self.isClose(tape.exp(x), numbers.map { Foundation.exp($0) }, within: 5e-6))
        #expect(Self.isClose(tape.tanh(x), numbers.map { Foundation.tanh($0) }))
        let sigmoids = numbers.map { (x: Float) -> Float in 1 / (1 + Foundation.exp(-x)) }
        #expect(Self.isClose(tape.sigmoid(x), sigmoids))
        #expect(tape.relu(x).values == [1, 0, 3, 0.5, 0, 0])
        let gelus = numbers.map { (x: Float) -> Float in 0.5 * x * (1 + Foundation.erf(x / Float(2).squareRoot())) }
        #expect(Self.isClose(tape.gelu(x), gelus))
        #expect(Self.isClose(tape.log(Tensor([1, 2, 0.1], shape: [3])), [0, 0.6931472, -2.3025851]))
    }

    @Test("rows are broadcast, reduced and normalised along the last axis")
    func alongLastAxis() {
        #expect(tape.addRow(x, row).values == [11, 18, 33, 10.5, 20, 29])
        #expect(tape.multiplyRow(x, row).values == [10, -40, 90, 5, 0, -30])
        #expect(tape.sum(x).values == [1.5] && tape.sum(x).shape == [])
        #expect(tape.mean(x).values == [0.25] && tape.mean(x).shape == [])
        #expect(tape.sumOverLast(x).values == [2, -0.5] && tape.sumOverLast(x).shape == [2])
        #expect(Self.isClose(tape.meanOverLast(x), [2.0 / 3, -0.5 / 3]))
        let exponentials = x.values.map { Foundation.exp($0) }
        let totals = [exponentials[..<3].reduce(0, +), exponentials[3...].reduce(0, +)]
        #expect(Self.isClose(tape.softmax(x), exponentials.enumerated().map { $1 / totals[$0 / 3] }))
        #expect(Self.isClose(tape.logSoftmax(x), x.values.enumerated().map { $1 - Foundation.log(totals[$0 / 3]) }))
    }

    @Test("elements are picked, laid together, exchanged and reshaped")
    func movements() {
        #expect(tape.gather(x, columns: [2, 0]).values == [3, 0.5])
        #expect(tape.concatRows([x, y]).values == x.values + y.values && tape.concatRows([x, y]).shape == [4, 3])
        let beside = tape.concatColumns([x, Tensor([7, 8], shape: [2, 1])])
        #expect(beside.values == [1, -2, 3, 7, 0.5, 0, -1, 8] && beside.shape == [2, 4])
        #expect(tape.transpose(x).values == [1, 0.5, -2, 0, 3, -1] && tape.transpose(x).shape == [3, 2])
        #expect(tape.reshape(x, to: [3, 1, 2]).values == x.values && tape.reshape(x, to: [3, 1, 2]).shape == [3, 1, 2])
    }

    @Test("empty tensors give empty results, empty sums and undefined means")
    func empty() {
        let none = Tensor([], shape: [0, 3]), narrow = Tensor([], shape: [2, 0])
        #expect(tape.add(none, none).shape == [0, 3] && tape.exp(none).values == [] && tape.softmax(none).values == [])
        #expect(tape.addRow(none, row).values == [] && tape.logSoftmax(narrow).values == [] && tape.softmax(narrow).values == [])
        #expect(tape.sum(none).values == [0] && tape.mean(none).values[0].isNaN)
        #expect(tape.sumOverLast(none).shape == [0] && tape.sumOverLast(narrow).values == [0, 0])
        #expect(tape.meanOverLast(narrow).values.allSatisfy { $0.isNaN })
        #expect(tape.gather(none, columns: []).shape == [0] && tape.transpose(narrow).shape == [0, 2])
        #expect(tape.concatRows([none, x]).values == x.values && tape.concatColumns([narrow, x]).values == x.values)
        #expect(tape.reshape(none, to: [0]).shape == [0])
    }

    @Test("infinite and NaN behave as documented")
    func special() {
        let ends = Tensor([-.infinity, .infinity, .nan], shape: [3])
        // The sign of a NaN is left open.
        func values(_ tensor: Tensor) -> String { "\(tensor.values.map { $0.isNaN ? .nan : $0 })" }
        #expect(values(tape.tanh(ends)) == "[-1.0, 1.0, nan]")
        #expect(values(tape.sigmoid(ends)) == "[0.0, 1.0, nan]")
        #expect(values(tape.relu(ends)) == "[0.0, inf, nan]")
        #expect(values(tape.gelu(ends)) == "[nan, inf, nan]")
        #expect(tape.exp(ends).values[0] == 0 && tape.exp(ends).values[1] > 2.3e38 && tape.exp(ends).values[2].isNaN)
        #expect(tape.log(Tensor([0, .infinity], shape: [2])).values == [-.infinity, .infinity])
        #expect(tape.log(Tensor([-1, .nan], shape: [2])).values.allSatisfy { $0.isNaN })
        #expect(tape.softmax(Tensor([-.infinity, 0, 0], shape: [1, 3])).values == [0, 0.5, 0.5])
        #expect(tape.logSoftmax(Tensor([-.infinity, 4], shape: [1, 2])).values == [-.infinity, 0])
        #expect(tape.softmax(ends).values.allSatisfy { $0.isNaN })
        #expect(tape.softmax(Tensor([-.infinity, -.infinity], shape: [2])).values.allSatisfy { $0.isNaN })
        // A row that is not finite leaves the others alone.
        let rows = tape.softmax(Tensor([.nan, 0, 0, 0], shape: [2, 2])).values
        #expect(rows[0].isNaN && rows[1].isNaN && rows[2] == 0.5 && rows[3] == 0.5)
    }

    @Test("dropout is a function of key and position, keeps the mean, and is nothing outside training")
    func dropout() {
        let ones = Tensor(Array(repeating: 1, count: 20_000), shape: [100, 200]), seed = SeedTree(root: 1)
        func dropped(_ seed: SeedTree, _ probability: Float) -> [Float] {
            Tape(recording: true).dropout(ones, probability: probability, seed: seed).values
        }
        let values = dropped(seed, 0.25)
        #expect(Set(values) == [0, 1 / 0.75])
        let zeros = values.count { $0 == 0 }
        // Five deviations of a binomial count: 5 · √(20,000 · 0.25 · 0.75).
        #expect(abs(zeros - 5000) < 306)
        #expect(dropped(seed, 0.25) == values && dropped(seed("other"), 0.25) != values)
        let part = Tape(recording: true).dropout(Tensor(Array(repeating: 1, count: 50), shape: [50]), probability: 0.25, seed: seed)
        #expect(part.values == Array(values.prefix(50)))
        #expect(dropped(seed, 0) == ones.values)
        #expect(tape.dropout(ones, probability: 0.9, seed: seed) === ones)
    }
}
