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

    /// Bytes a second that all cores together read of memory, each from a stretch of its own of so many bytes.
    static func bandwidth(_ bytes: Double, cores: Cores) -> Double {
        let count = max(1 << 14, Int(bytes) / 4), repetitions = max(1, 1 << 25 / count)
        return best(cores) { MemoryReading(count: count).bytesPerSecond(repetitions: repetitions) { work in Stopwatch.seconds(work) } }
    }

    private static func speed(_ model: BenchModel, rows: Int, cores: Cores, usingBLAS: Bool) -> Double {
        var speeds: [Int: Double] = [:]
        var seconds = 0.0
        for matrix in model.matrices {
            let shape = matrix.outputs << 20 | matrix.inputs
            let (M, N, K) = (rows, matrix.outputs, matrix.inputs)
            let repetitions = max(1, Int(operations / Double(2 * M * N * K)))
            let speed =
                speeds[shape]
                ?? best(cores) {
                    MatrixProduct.measuredFlops(M: M, N: N, K: K, repetitions: repetitions, usingBLAS: usingBLAS) { work in
                        Stopwatch.seconds(work)
                    }
                }
            speeds[shape] = speed
            seconds += 2 * Double(N * K) / speed
        }
        return model.productOperations / seconds
    }

    /// The sum over cores at once, in the best trial.
    private static func best(_ cores: Cores, _ speed: @Sendable () -> Double) -> Double {
        (0..<trials).map { _ in
            let sum = Mutex(0.0)
            cores.forEach(cores.count) { _ in
                let own = speed()
                sum.withLock { $0 += own }
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
