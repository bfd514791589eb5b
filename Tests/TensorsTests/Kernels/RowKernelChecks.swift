import CKernels
import Foundation
import Randomness
import Testing

/// Norms, rotation and gating against loops in Double.
enum RowKernelChecks {
    /// fp32 rounding of values of order 1 after a few operations.
    private static let tolerance = 5e-6
    private static let widths = [1, 2, 3, 15, 16, 17, 31, 32, 33, 47, 64, 100]

    private static func worst(_ values: [Float], _ exact: [Double]) -> Double {
        zip(values, exact).map { abs(Double($0) - $1) / max(1, abs($1)) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
    }

    static func rmsNorm() {
        let rows = 3, epsilon: Float = 1e-3
        for width in widths {
            let x = RandomFloats.normal(rows * width, SeedTree(root: 1)("x", width))
            let gain = RandomFloats.normal(width, SeedTree(root: 1)("gain", width))
            var y = [Float](repeating: .nan, count: rows * width), inverse = [Float](repeating: .nan, count: rows)
            unsafe ck_rmsnorm(rows, width, x, gain, epsilon, &y, &inverse)
            var exact: [Double] = [], scales: [Double] = []
            for row in 0..<rows {
                let values = x[row * width..<(row + 1) * width].map(Double.init)
                let scale = 1 / (values.reduce(0) { $0 + $1 * $1 } / Double(width) + Double(epsilon)).squareRoot()
                scales.append(scale)
                exact += zip(values, gain).map { $0 * scale * Double($1) }
            }
            #expect(worst(y, exact) < tolerance && worst(inverse, scales) < tolerance, "width \(width)")
        }
    }

    static func normRotate() {
        let rows = 3, heads = 2, epsilon: Float = 1e-3, positions: [Int32] = [4, 0, 2]
        for width in [2, 6, 8, 16, 30, 32, 48, 64, 66] {
            let half = width / 2, stride = heads * width + 3
            let x = RandomFloats.normal(rows * stride, SeedTree(root: 2)("x", width))
            let gain = RandomFloats.normal(width, SeedTree(root: 2)("gain", width))
            let angles = (0..<5 * half).map { Double($0) * 0.37 }
            var y = [Float](repeating: .nan, count: rows * heads * width), inverse = [Float](repeating: .nan, count: rows * heads)
            unsafe ck_norm_rotate(
                rows, heads, width, x, stride, gain, epsilon, positions, angles.map { Float(cos($0)) }, angles.map { Float(sin($0)) }, &y,
                heads * width, &inverse)
            var exact: [Double] = []
            for row in 0..<rows {
                for head in 0..<heads {
                    let first = row * stride + head * width
                    let values = x[first..<first + width].map(Double.init)
                    let scale = 1 / (values.reduce(0) { $0 + $1 * $1 } / Double(width) + Double(epsilon)).squareRoot()
                    let normed = zip(values, gain).map { $0 * scale * Double($1) }
                    let turn = angles[Int(positions[row]) * half..<(Int(positions[row]) + 1) * half]
                    exact += zip(0..<half, turn).map { normed[$0] * cos($1) - normed[$0 + half] * sin($1) }
                    exact += zip(0..<half, turn).map { normed[$0 + half] * cos($1) + normed[$0] * sin($1) }
                }
            }
            #expect(worst(y, exact) < tolerance, "width \(width)")
        }
    }

    static func swiGLU() {
        let rows = 3
        for width in widths {
            var x = RandomFloats.normal(rows * 2 * width, SeedTree(root: 3)("x", width), deviation: 3)
            // Far ends: silu(−200) is 0, silu(200) is 200.
            x[0] = -200
            x[2 * width] = 200
            var y = [Float](repeating: .nan, count: rows * width)
            unsafe ck_swiglu(rows, width, x, &y)
            let exact = (0..<rows * width).map { i in
                let gate = Double(x[i / width * 2 * width + i % width]), up = Double(x[i / width * 2 * width + width + i % width])
                return gate / (1 + exp(-gate)) * up
            }
            #expect(worst(y, exact) < tolerance, "width \(width)")
        }
    }
}
