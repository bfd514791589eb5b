import Randomness
import Tensors
import Testing

@Suite("Gradients of the general operations")
struct GeneralGradientTests {
    @Test("the backward pass equals central differences", arguments: GeneralGradientTests.cases, [false, true])
    func gradient(_ operation: GradientCase, asParameters: Bool) {
        operation.check(asParameters: asParameters)
    }

    @Test("a constant receives nothing and changes no other gradient", arguments: GeneralGradientTests.cases)
    func constants(_ operation: GradientCase) {
        operation.checkConstants()
    }

    private static let x = GradientCase.Input([3, 7], seed: 1)
    private static let y = GradientCase.Input([3, 7], seed: 2)
    private static let row = GradientCase.Input([7], seed: 3)
    private static let cube = GradientCase.Input([2, 3, 19], seed: 4)

    static let cases: [GradientCase] = elementwise + broadcast + reductions + movements + repeatedUse

    private static let elementwise: [GradientCase] = [
        GradientCase("add", [x, y]) { $0.add($1[0], $1[1]) },
        GradientCase("subtract", [x, y]) { $0.subtract($1[0], $1[1]) },
        GradientCase("multiply", [x, y]) { $0.multiply($1[0], $1[1]) },
        GradientCase("scale", [x]) { $0.scale($1[0], by: -1.7) },
        GradientCase("negate", [x]) { $0.negate($1[0]) },
        GradientCase("exp", [x]) { $0.exp($1[0]) },
        GradientCase("log", [.init([3, 7], RandomFloats.positive(21, SeedTree(root: 5)))]) { $0.log($1[0]) },
        GradientCase("tanh", [x]) { $0.tanh($1[0]) },
        GradientCase("sigmoid", [x]) { $0.sigmoid($1[0]) },
        GradientCase("relu", [.init([3, 7], RandomFloats.awayFromZero(21, SeedTree(root: 6)))]) { $0.relu($1[0]) },
        GradientCase("gelu", [x]) { $0.gelu($1[0]) },
        GradientCase("dropout", [.init([8, 9], seed: 7)]) { $0.dropout($1[0], probability: 0.4, seed: SeedTree(root: 8)) },
    ]

    private static let broadcast: [GradientCase] = [
        GradientCase("addRow", [x, row]) { $0.addRow($1[0], $1[1]) },
        GradientCase("addRow to three axes", [cube, .init([19], seed: 9)]) { $0.addRow($1[0], $1[1]) },
        GradientCase("multiplyRow", [x, row]) { $0.multiplyRow($1[0], $1[1]) },
        GradientCase("multiplyRow of three axes", [cube, .init([19], seed: 9)]) { $0.multiplyRow($1[0], $1[1]) },
    ]

    private static let reductions: [GradientCase] = [
        GradientCase("sum", [x]) { $0.sum($1[0]) },
        GradientCase("mean", [x]) { $0.mean($1[0]) },
        GradientCase("sumOverLast", [cube]) { $0.sumOverLast($1[0]) },
        GradientCase("meanOverLast", [cube]) { $0.meanOverLast($1[0]) },
        GradientCase("softmax", [cube]) { $0.softmax($1[0]) },
        GradientCase("logSoftmax", [cube]) { $0.logSoftmax($1[0]) },
    ]

    private static let movements: [GradientCase] = [
        GradientCase("gather", [cube]) { $0.gather($1[0], columns: [0, 18, 4, 4, 7, 1]) },
        GradientCase("concatRows", [x, .init([1, 7], seed: 10), .init([4, 7], seed: 11)]) { $0.concatRows($1) },
        GradientCase("concatColumns", [x, .init([3, 1], seed: 12), .init([3, 20], seed: 13)]) { $0.concatColumns($1) },
        GradientCase("transpose", [x]) { $0.transpose($1[0]) },
        GradientCase("reshape", [x]) { $0.multiply($0.reshape($1[0], to: [7, 3]), $0.reshape($1[0], to: [7, 3])) },
    ]

    private static let perceptron: [GradientCase.Input] = [
        .init([5, 6], seed: 14), .init([9, 6], seed: 15), .init([9], seed: 16), .init([4, 9], seed: 17),
    ]

    private static let repeatedUse: [GradientCase] = [
        GradientCase("add of a tensor to itself", [x]) { $0.add($1[0], $1[0]) },
        GradientCase("multiply of a tensor with itself", [x]) { $0.multiply($1[0], $1[0]) },
        GradientCase("concatRows of a tensor with itself", [x]) { $0.concatRows([$1[0], $1[0]]) },
        GradientCase("concatColumns of a tensor with itself", [x]) { $0.concatColumns([$1[0], $1[0]]) },
        GradientCase("one tensor in every operation", [x, row]) { tape, inputs in
            let x = inputs[0], row = inputs[1]
            var sum = tape.add(tape.tanh(x), tape.sigmoid(x))
            sum = tape.subtract(sum, tape.multiply(tape.softmax(x), tape.logSoftmax(x)))
            sum = tape.add(sum, tape.gelu(tape.scale(x, by: 0.5)))
            sum = tape.add(tape.exp(tape.negate(sum)), tape.addRow(tape.multiplyRow(x, row), row))
            sum = tape.add(sum, tape.transpose(tape.reshape(tape.transpose(x), to: [7, 3])))
            return tape.concatColumns([sum, tape.rows([0, 0, 2], of: x)])
        },
        GradientCase("a multilayer perceptron", perceptron) { tape, inputs in
            let hidden = tape.tanh(tape.addRow(tape.linear(inputs[0], inputs[1]), inputs[2]))
            return tape.negate(tape.mean(tape.gather(tape.logSoftmax(tape.linear(hidden, inputs[3])), columns: [0, 3, 1, 1, 2])))
        },
    ]
}
