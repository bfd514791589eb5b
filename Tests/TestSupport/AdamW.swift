package import Autodidact

/// AdamW over one array of weights (arXiv:1711.05101), with a state that can be saved.
package struct AdamW: Sendable {
    private var first: [Float]
    private var second: [Float]
    private var steps: Float = 0

    package init(count: Int) {
        first = Array(repeating: 0, count: count)
        second = Array(repeating: 0, count: count)
    }

    /// The state in `bytes`, or nil where it is not one for so many weights.
    init?(bytes: [UInt8], count: Int) {
        guard let values = [Float](littleEndianBytes: bytes[...]), values.count == 2 * count + 1 else { return nil }
        first = Array(values[..<count])
        second = Array(values[count..<(2 * count)])
        steps = values[2 * count]
    }

    var bytes: [UInt8] { (first + second + [steps]).littleEndianBytes }

    package mutating func step(on weights: inout [Float], gradient: [Float], _ parameters: OptimizerParameters) -> OptimizerReport {
        let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm.isFinite else { return OptimizerReport(gradientNorm: norm, applied: false) }
        let scale = Float(min(1, Double(parameters.maximumGradientNorm) / max(norm, 1e-12)))
        steps += 1
        let correction1 = 1 - power(parameters.beta1, steps)
        let correction2 = 1 - power(parameters.beta2, steps)
        for i in weights.indices {
            let slope = gradient[i] * scale
            first[i] = parameters.beta1 * first[i] + (1 - parameters.beta1) * slope
            second[i] = parameters.beta2 * second[i] + (1 - parameters.beta2) * slope * slope
            let direction = first[i] / correction1 / ((second[i] / correction2).squareRoot() + parameters.epsilon)
            weights[i] -= parameters.learningRate * (direction + parameters.weightDecay * weights[i])
        }
        return OptimizerReport(gradientNorm: norm, applied: true)
    }

    private func power(_ base: Float, _ exponent: Float) -> Float {
        (0..<Int(exponent)).reduce(1) { product, _ in product * base }
    }
}

extension [Float] {
    var littleEndianBytes: [UInt8] {
        flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
    }

    init?(littleEndianBytes bytes: ArraySlice<UInt8>) {
        guard bytes.count % 4 == 0 else { return nil }
        self = stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
        }
    }
}
