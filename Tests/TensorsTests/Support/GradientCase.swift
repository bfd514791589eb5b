import Randomness
import Tensors
import Testing

/// One operation with inputs, whose gradient is to be checked.
struct GradientCase: Sendable, CustomTestStringConvertible {
    /// Numbers of one input.
    struct Input: Sendable {
        let shape: [Int]
        let values: [Float]

        /// Draws from the normal distribution.
        init(_ shape: [Int], seed: UInt64, deviation: Double = 1) {
            self.init(shape, RandomFloats.normal(shape.reduce(1, *), SeedTree(root: seed), deviation: deviation))
        }

        /// These values.
        init(_ shape: [Int], _ values: [Float]) {
            self.shape = shape
            self.values = values
        }
    }

    let testDescription: String
    let inputs: [Input]
    let operation: @Sendable (Tape, [Tensor]) -> Tensor

    init(_ name: String, _ inputs: [Input], _ operation: @escaping @Sendable (Tape, [Tensor]) -> Tensor) {
        testDescription = name
        self.inputs = inputs
        self.operation = operation
    }
}

extension GradientCase {
    /// Differences of fp32 results at distance 1/32 carry about 10⁻⁷·32 of each output's rounding, several thousand of which are summed at
    /// random; the four-point formula's own error, h⁴, is as small.
    ///
    /// A wrong term in a derivative is off by far more.
    static let tolerance = 4e-3
    private static let distance: Float = 1.0 / 32
    /// Elements of an input that are looked at one by one; larger inputs are also checked along random directions.
    private static let elements = 24
    private static let directions = 3

    /// Compares the backward pass with central differences, the inputs being leaves or parameters, and reports each input that differs.
    /// - Returns: the largest error relative to the gradient.
    @discardableResult
    func check(asParameters: Bool, sourceLocation: SourceLocation = #_sourceLocation) -> Double {
        var generator = SeedTree(root: 17)(named: testDescription).generator
        let outputs = evaluate(inputs.map(\.values))
        let weights = RandomFloats.normal(outputs.count, SeedTree(root: 3)("weights"))
        let gradients = asParameters ? parameterGradients(weights, sourceLocation) : leafGradients(weights)
        var worst = 0.0
        for (index, input) in inputs.enumerated() {
            let gradient = gradients[index].map(Double.init)
            let norm = (gradient.reduce(0) { $0 + $1 * $1 } / Double(max(gradient.count, 1))).squareRoot()
            var error = 0.0
            for direction in Self.directions(count: input.values.count, generator: &generator) {
                let analytic = zip(gradient, direction).reduce(0) { $0 + $1.0 * Double($1.1) }
                let numeric = difference(along: direction, of: index, weights)
                let difference = abs(analytic - numeric) / max(abs(analytic), abs(numeric), norm, 1e-6)
                error = difference.isNaN ? .infinity : max(error, difference)
            }
            #expect(error < Self.tolerance, "input \(index) of \(testDescription)", sourceLocation: sourceLocation)
            worst = max(worst, error)
        }
        return worst
    }

    /// Makes each input a constant in turn: it must receive nothing, and what the others receive must not change.
    func checkConstants(sourceLocation: SourceLocation = #_sourceLocation) {
        let outputs = evaluate(inputs.map(\.values))
        let weights = RandomFloats.normal(outputs.count, SeedTree(root: 3)("weights"))
        let all = leafGradients(weights)
        for constant in inputs.indices where inputs.count > 1 {
            let tape = Tape(recording: true)
            let leaves = inputs.enumerated().map { Tensor($1.values, shape: $1.shape, requiresGradient: $0 != constant) }
            tape.backward(from: operation(tape, leaves), seed: weights)
            for (index, leaf) in leaves.enumerated() {
                #expect(
                    leaf.gradientValues == (index == constant ? nil : all[index]), "input \(index), constant \(constant)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    /// Constants on a recording tape: nothing is recorded, and operations that act only in training, act.
    private func evaluate(_ values: [[Float]]) -> [Float] {
        operation(Tape(recording: true), zip(inputs, values).map { Tensor($1, shape: $0.shape) }).values
    }

    private func leafGradients(_ weights: [Float]) -> [[Float]] {
        let tape = Tape(recording: true)
        let leaves = inputs.map { Tensor($0.values, shape: $0.shape, requiresGradient: true) }
        tape.backward(from: operation(tape, leaves), seed: weights)
        return leaves.map { $0.gradientValues ?? Array(repeating: 0, count: $0.count) }
    }

    /// Gradients of the inputs as parameters, with other parameters between them that must receive nothing.
    private func parameterGradients(_ weights: [Float], _ sourceLocation: SourceLocation) -> [[Float]] {
        let parameters = Parameters(
            inputs.enumerated().flatMap { index, input in
                [
                    ParameterSpecification("gap \(index)", shape: [3], decays: false),
                    ParameterSpecification("input \(index)", shape: input.shape, decays: true),
                ]
            } + [ParameterSpecification("gap at the end", shape: [3], decays: false)])
        let ranges = inputs.enumerated().map { index, input in
            let start = parameters.offset(of: "input \(index)")
            return start..<start + input.values.count
        }
        for (range, input) in zip(ranges, inputs) { parameters.storage.write(input.values, at: range.lowerBound) }
        parameters.didChange()
        let gradients = ParameterGradients(parameters), untouched: Float = 7
        gradients.storage.fill(untouched)
        let tape = Tape(recording: true, gradients: gradients)
        let tensors = inputs.enumerated().map { parameters.tensor("input \($0)", shape: $1.shape) }
        tape.backward(from: operation(tape, tensors), seed: weights)
        for index in inputs.indices {
            let gap = parameters.offset(of: "gap \(index)")
            #expect(
                gradients.storage.read(gap..<gap + 3).allSatisfy { $0 == untouched }, "gradients reached beside their place",
                sourceLocation: sourceLocation)
        }
        #expect(
            gradients.storage.read(parameters.count - 3..<parameters.count).allSatisfy { $0 == untouched }, sourceLocation: sourceLocation)
        let complete = gradients.completed()
        return ranges.map { complete.read($0) }
    }

    /// d(Σ weights · output)/dt at x + t·direction, by the four-point formula.
    private func difference(along direction: [Float], of index: Int, _ weights: [Float]) -> Double {
        func loss(_ t: Float) -> Double {
            var values = inputs.map(\.values)
            for i in direction.indices { values[index][i] += t * direction[i] }
            return zip(weights, evaluate(values)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let h = Self.distance
        return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * Double(h))
    }

    /// Unit vectors, all or some, and random directions of length 1.
    private static func directions(count: Int, generator: inout KeyedGenerator) -> [[Float]] {
        guard count > 0 else { return [] }
        var all: [[Float]] = []
        for element in 0..<min(count, elements) {
            var unit = [Float](repeating: 0, count: count)
            unit[count <= elements ? element : generator.index(below: count)] = 1
            all.append(unit)
        }
        for _ in 0..<directions {
            let values = (0..<count).map { _ in generator.normal() }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            all.append(values.map { Float($0 / length) })
        }
        return all
    }
}
