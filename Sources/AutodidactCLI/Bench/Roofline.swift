import Synchronization
import Tensors

/// How fast the matrix products of a model alone go on all cores at once: the bound that a measurement is held against.
struct Roofline: Sendable {
    /// Floating-point operations a second of our kernels.
    let kernels: Double
    /// Of OpenBLAS (Accelerate on Apple platforms).
    let blas: Double

    private static let operations = 1e9
    private static let trials = 3

    /// The mean over the model's matrices, weighed by their work, with so many rows at a time on each core.
    init(_ model: BenchModel, rows: Int, cores: Cores) {
        kernels = Self.speed(model, rows: rows, cores: cores, usingBLAS: !MatrixProduct.usesKernels)
        blas = Self.speed(model, rows: rows, cores: cores, usingBLAS: true)
    }

    /// Operations that the products of one token take, forwards.
    static func operationsPerToken(_ model: BenchModel) -> Double {
        model.matrices.reduce(0) { $0 + 2 * Double($1.outputs * $1.inputs) }
    }

    private static func speed(_ model: BenchModel, rows: Int, cores: Cores, usingBLAS: Bool) -> Double {
        var speeds: [Int: Double] = [:]
        var seconds = 0.0
        for matrix in model.matrices {
            let shape = matrix.outputs << 20 | matrix.inputs
            let speed = speeds[shape] ?? best(M: rows, N: matrix.outputs, K: matrix.inputs, cores: cores, usingBLAS: usingBLAS)
            speeds[shape] = speed
            seconds += 2 * Double(matrix.outputs * matrix.inputs) / speed
        }
        return operationsPerToken(model) / seconds
    }

    /// The best trial, each on all cores at once.
    private static func best(M: Int, N: Int, K: Int, cores: Cores, usingBLAS: Bool) -> Double {
        let repetitions = max(1, Int(operations / Double(2 * M * N * K)))
        return (0..<trials).map { _ in
            let sum = Mutex(0.0)
            cores.forEach(cores.count) { _ in
                let speed = MatrixProduct.measuredFlops(M: M, N: N, K: K, repetitions: repetitions, usingBLAS: usingBLAS) { work in
                    Stopwatch.seconds(work)
                }
                sum.withLock { $0 += speed }
            }
            return sum.withLock { $0 }
        }.max() ?? 0
    }
}

/// Measured time.
enum Stopwatch {
    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        try ContinuousClock().measure(work) / .seconds(1)
    }
}
