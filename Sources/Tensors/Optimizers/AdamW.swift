import CKernels

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
    /// Exponential mean of the gradient.
    public let firstMoment: Storage
    /// Exponential mean of its square.
    public let secondMoment: Storage

    /// Zero moments.
    public init(_ parameters: Parameters) {
        self.parameters = parameters
        firstMoment = Storage(count: parameters.count)
        secondMoment = Storage(count: parameters.count)
    }

    /// Takes step number `step` (from 1 up) along `gradients`.
    ///
    /// A gradient that is not finite is refused, not applied.
    public func step(_ step: Int, gradients: Storage, settings: Settings, cores: Cores) -> Outcome {
        precondition(gradients.count == parameters.count, "\(gradients.count) gradients for \(parameters.count) parameters")
        let norm = unsafe ck_sum_of_squares(gradients.count, gradients.base).squareRoot()
        guard norm.isFinite else { return Outcome(gradientNorm: norm, applied: false) }
        let scale = norm > Double(settings.maximumNorm) ? Float(Double(settings.maximumNorm) / norm) : 1
        let correction1 = 1 - Self.power(settings.beta1, step), correction2 = 1 - Self.power(settings.beta2, step)
        var offset = 0
        for specification in parameters.specifications {
            let decay = specification.decays ? settings.learningRate * settings.weightDecay : 0
            let start = offset
            // Pieces of a fixed size: elementwise, so the cut cannot change the result.
            cores.forEach((specification.count + Self.piece - 1) / Self.piece) { index in
                let first = start + index * Self.piece
                let count = min(Self.piece, start + specification.count - first)
                unsafe ck_adamw(
                    count, parameters.storage.base + first, gradients.base + first, firstMoment.base + first, secondMoment.base + first,
                    scale, settings.learningRate, settings.beta1, settings.beta2, settings.epsilon, decay, correction1, correction2)
            }
            offset += specification.count
        }
        parameters.didChange()
        return Outcome(gradientNorm: norm, applied: true)
    }

    private static let piece = 1 << 17

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
