/// Records operations and plays their gradients back.
///
/// Operations are methods, one file each with forward and backward side by side. A tape belongs to one thread. With
/// `recording: false` the same operations only compute: the sampler and the trainer share one forward.
public final class Tape {
    /// Whether gradients will be asked for.
    public let isRecording: Bool
    let pool: BufferPool
    /// dLoss/dparameters in the parameters' own layout; added to, never cleared here.
    let parameterGradients: Storage?
    /// Whose gradients those are; the parameters of others are constants, for which no product is computed.
    let learning: Parameters?
    private var steps: [() -> Void] = []

    /// A tape that adds parameters' gradients to `parameterGradients`; nil where none are wanted.
    ///
    /// With `learning`, only these parameters learn, and those of a frozen base do not. Without, all tensors that are parameters must
    /// belong to one set.
    public init(
        recording: Bool, pool: BufferPool = BufferPool(), learning: Parameters? = nil, parameterGradients: Storage? = nil
    ) {
        precondition(
            learning == nil || parameterGradients.map { $0.count == learning?.count } ?? true, "gradients and parameters differ in count")
        isRecording = recording
        self.pool = pool
        self.learning = learning
        self.parameterGradients = parameterGradients
    }

    /// Runs the recorded operations backward from `tensor`, whose gradient is `seed` (ones where nil), and forgets them.
    ///
    /// Each operation's memory is given back as soon as it has been played.
    public func backward(from tensor: Tensor, seed: [Float]? = nil) {
        precondition(isRecording, "this tape does not record")
        precondition(seed.map { $0.count == tensor.count } ?? true, "a seed of \(seed?.count ?? 0) for shape \(tensor.shape)")
        let seed = seed ?? Array(repeating: 1, count: tensor.count)
        accumulate(gradient(of: tensor), tensor.count) { seed[$0] }
        while let step = steps.popLast() { step() }
    }

    /// A new tensor of this tape with arbitrary contents.
    func make(_ shape: [Int], requiresGradient: Bool) -> Tensor {
        Tensor(
            shape: shape, storage: pool.storage(shape.reduce(1, *)), requiresGradient: isRecording && requiresGradient
        )
    }

    /// Adds a backward step for `output`; it runs only if a gradient has reached the output by then.
    func record(_ output: Tensor, _ step: @escaping (_ dOutput: UnsafeMutablePointer<Float>) -> Void) {
        guard output.requiresGradient else { return }
        steps.append {
            guard let gradient = output.gradient else { return }
            unsafe step(gradient.base)
            // Everything upstream has been served: the memory can go.
            output.gradient = nil
        }
    }

    /// Adds a backward step for what was added to `output` in place: it runs before the step of the operation that made `output`, to which
    /// it leaves the gradient.
    func recordAddition(to output: Tensor, _ step: @escaping (_ dOutput: UnsafeMutablePointer<Float>) -> Void) {
        guard output.requiresGradient else { return }
        steps.append {
            guard let gradient = output.gradient else { return }
            unsafe step(gradient.base)
        }
    }

    /// Gives back the memory of an operation's result until the backward pass asks for it, where that operation can compute it again.
    ///
    /// For results that cost little to compute beside what they cost to keep. To be called once the forward pass has used the tensor.
    public func forget(_ tensor: Tensor) {
        if isRecording { tensor.forget() }
    }

    /// Computes an operation's result, and states how to do it again.
    func compute(_ output: Tensor, _ fill: @escaping (UnsafeMutablePointer<Float>) -> Void) {
        unsafe fill(output.base)
        guard isRecording else { return }
        let pool = pool, count = output.count
        output.isComputed {
            let storage = pool.storage(count)
            unsafe fill(storage.base)
            return storage
        }
    }

    /// Where contributions to dLoss/dtensor go.
    ///
    /// `isFresh` means that the memory holds nothing yet and must be set, not added to.
    struct GradientSlot {
        let storage: Storage
        let offset: Int
        let isFresh: Bool
        var base: UnsafeMutablePointer<Float> { unsafe storage.base + offset }
        /// What a product is to be added to: itself, or nothing while it is fresh.
        var addend: UnsafePointer<Float>? { isFresh ? nil : unsafe UnsafePointer(base) }
    }

    func gradient(of tensor: Tensor) -> GradientSlot {
        if let parameterOffset = tensor.parameterOffset, let parameterGradients {
            return GradientSlot(storage: parameterGradients, offset: parameterOffset, isFresh: false)
        }
        if let gradient = tensor.gradient { return GradientSlot(storage: gradient, offset: 0, isFresh: false) }
        let storage = pool.storage(tensor.count)
        tensor.gradient = storage
        return GradientSlot(storage: storage, offset: 0, isFresh: true)
    }

    /// The slot with zeros written where it was fresh, for kernels that only add.
    func zeroedGradient(of tensor: Tensor) -> UnsafeMutablePointer<Float> {
        let slot = gradient(of: tensor)
        if slot.isFresh { slot.storage.fill(0) }
        return unsafe slot.base
    }

    /// Whether a contribution to this tensor's gradient is wanted.
    func wantsGradient(_ tensor: Tensor) -> Bool {
        guard isRecording && tensor.requiresGradient else { return false }
        guard tensor.parameterOffset != nil else { return true }
        return parameterGradients != nil && (learning == nil || tensor.parameters === learning)
    }
}
