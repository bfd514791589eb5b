import CKernels
import Randomness
import Testing

/// Whole-vector operations and the optimiser against naive loops.
enum VectorChecks {
    private static let lengths = [0, 1, 15, 16, 17, 100, 4095, 4096, 4097, 9001]

    static func elementwise() {
        for n in lengths {
            let x = RandomFloats.normal(n, SeedTree(root: 1)("x", n)), y = RandomFloats.normal(n, SeedTree(root: 1)("y", n))
            var sum = y, scaled = x
            unsafe ck_add(n, x, &sum)
            unsafe ck_scale(n, 1.7, &scaled)
            #expect(sum == zip(x, y).map { $0 + $1 } && scaled == x.map { $0 * 1.7 }, "length \(n)")
        }
    }

    static func sumOfSquares() {
        for n in lengths + [1_000_003] {
            let x = RandomFloats.normal(n, SeedTree(root: 2)("x", n))
            let exact = x.reduce(0.0) { $0 + Double($1) * Double($1) }
            let found = unsafe ck_sum_of_squares(n, x)
            // 256 terms in each fp32 lane.
            #expect(abs(found - exact) <= 1e-5 * exact, "length \(n)")
        }
        for bad in [Float.nan, .infinity, -.infinity] {
            let found = unsafe ck_sum_of_squares(3, [1, bad, 2])
            #expect(!found.isFinite)
        }
    }

    static func allFinite() {
        for n in 0...70 {
            var x = [Float](repeating: .greatestFiniteMagnitude, count: n)
            let fine = unsafe ck_all_finite(n, x)
            #expect(fine == 1)
            for place in 0..<n {
                let bad: [Float] = [.nan, .infinity, -.infinity, .signalingNaN]
                x[place] = bad[place % 4]
                let found = unsafe ck_all_finite(n, x)
                #expect(found == 0, "place \(place) of \(n)")
                x[place] = -0.0
            }
        }
    }

    static func adamW() {
        let beta1 = 0.9, beta2 = 0.95, rate = 1e-2, decay = 1e-3, epsilon = 1e-8, clip = 0.5
        for n in [1, 15, 16, 17, 100] {
            var w = RandomFloats.normal(n, SeedTree(root: 3)("w", n)), m = [Float](repeating: 0, count: n), v = m
            var exactW = w.map(Double.init), exactM = [Double](repeating: 0, count: n), exactV = exactM
            var power1 = 1.0, power2 = 1.0
            for step in 1...5 {
                let g = RandomFloats.normal(n, SeedTree(root: 3)("g", n, step))
                power1 *= beta1
                power2 *= beta2
                unsafe ck_adamw(
                    n, &w, g, &m, &v, Float(clip), Float(rate), Float(beta1), Float(beta2), Float(epsilon), Float(decay), Float(1 - power1),
                    Float(1 - power2))
                for i in 0..<n {
                    let gradient = Double(g[i]) * clip
                    exactM[i] = beta1 * exactM[i] + (1 - beta1) * gradient
                    exactV[i] = beta2 * exactV[i] + (1 - beta2) * gradient * gradient
                    let direction = exactM[i] / (1 - power1) / ((exactV[i] / (1 - power2)).squareRoot() + epsilon)
                    exactW[i] -= decay * exactW[i] + rate * direction
                }
            }
            // β and decay are themselves rounded to fp32, which moves each step by parts in 10⁶.
            let worst = zip(w, exactW).map { abs(Double($0) - $1) }.max() ?? 0
            let worstMoment = zip(m + v, exactM + exactV).map { abs(Double($0) - $1) }.max() ?? 0
            #expect(worst < 1e-6 && worstMoment < 1e-6, "length \(n)")
        }
    }
}
