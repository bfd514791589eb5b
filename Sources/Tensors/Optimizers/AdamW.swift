import CKernels
import Synchronization

/// AdamW with decoupled weight decay (arXiv:1711.05101) and global-norm clipping over the flat parameters.
public final class AdamW: Sendable {
    /// What one step is to do.
    public struct Settings: Sendable, Hashable {
        /// The step size.
        public var learningRate: Float
        /// Decay of the first moment.
        public var beta1: Float
        /// Decay of the second moment.
        public var beta2: Float
        /// Added to the root of the second moment.
        public var epsilon: Float
        /// Applied to parameters that decay.
        public var weightDecay: Float
        /// Gradients are scaled down to this L2 norm.
        public var maximumNorm: Float

        /// Settings with the usual defaults.
        public init(
            learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.95, epsilon: Float = 1e-8, weightDecay: Float = 0,
            maximumNorm: Float = .infinity
        ) {
            self.learningRate = learningRate
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
            self.weightDecay = weightDecay
            self.maximumNorm = maximumNorm
        }
    }

    /// What one step did.
    public struct Outcome: Sendable, Hashable {
        /// The gradient's L2 norm before clipping.
        public let gradientNorm: Double
        /// False where the gradient was not finite: nothing was changed.
        public let applied: Bool
    }

    private let parameters: Parameters
    private let moments = Mutex<(first: Storage, second: Storage)?>(nil)

    /// Zero moments, which take memory from the first step on.
    public init(_ parameters: Parameters) {
        self.parameters = parameters
    }

    /// Exponential mean of the gradient.
    public var firstMoment: Storage { made().first }
    /// Exponential mean of its square.
    public var secondMoment: Storage { made().second }

    private func made() -> (first: Storage, second: Storage) {
        moments.withLock { moments in
            if let moments { return moments }
            let new = (first: Storage(count: parameters.count), second: Storage(count: parameters.count))
            moments = new
            return new
        }
    }

    /// Takes step number `step` (from 1 up) along `gradients`.
    ///
    /// A gradient that is not finite is refused, not applied.
    public func step(_ step: Int, gradients: Storage, settings: Settings, cores: Cores) -> Outcome {
        precondition(gradients.count == parameters.count, "\(gradients.count) gradients for \(parameters.count) parameters")
        // Pieces of a fixed size: neither the sum nor what is elementwise depends on which core takes which.
        let squares = Mutex([Double](repeating: 0, count: (gradients.count + Self.piece - 1) / Self.piece))
        cores.forEach((gradients.count + Self.piece - 1) / Self.piece) { index in
            let first = index * Self.piece
            let sum = unsafe ck_sum_of_squares(min(Self.piece, gradients.count - first), gradients.base + first)
            squares.withLock { $0[index] = sum }
        }
        let norm = squares.withLock { $0.reduce(0, +).squareRoot() }
        guard norm.isFinite else { return Outcome(gradientNorm: norm, applied: false) }
        let scale = norm > Double(settings.maximumNorm) ? Float(Double(settings.maximumNorm) / norm) : 1
        let correction1 = 1 - Self.power(settings.beta1, step), correction2 = 1 - Self.power(settings.beta2, step)
        let pieces = self.pieces, (firstMoment, secondMoment) = made()
        cores.forEach(pieces.count) { index in
            let (range, decays) = pieces[index]
            let first = range.lowerBound, decay = decays ? settings.learningRate * settings.weightDecay : 0
            unsafe ck_adamw(
                range.count, parameters.storage.base + first, gradients.base + first, firstMoment.base + first, secondMoment.base + first,
                scale, settings.learningRate, settings.beta1, settings.beta2, settings.epsilon, decay, correction1, correction2)
        }
        parameters.didChange()
        return Outcome(gradientNorm: norm, applied: true)
    }

    private static let piece = 1 << 17

    /// All parameters, cut where weight decay begins or ends and after so many.
    private var pieces: [(range: Range<Int>, decays: Bool)] {
        var runs: [(range: Range<Int>, decays: Bool)] = []
        var offset = 0
        for specification in parameters.specifications {
            let range = offset..<offset + specification.count
            if let last = runs.last, last.decays == specification.decays {
                runs[runs.count - 1].range = last.range.lowerBound..<range.upperBound
            } else {
                runs.append((range, specification.decays))
            }
            offset = range.upperBound
        }
        return runs.flatMap { run in
            stride(from: run.range.lowerBound, to: run.range.upperBound, by: Self.piece).map {
                ($0..<min($0 + Self.piece, run.range.upperBound), run.decays)
            }
        }
    }

    private static func power(_ base: Float, _ exponent: Int) -> Float {
        var result = 1.0, factor = Double(base), rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return Float(result)
    }
}
