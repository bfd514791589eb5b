/// Records operations and plays their gradients back.
///
/// Operations are methods, one file each with forward and backward side by side. A tape belongs to one thread. With
/// `recording: false` the same operations only compute: the sampler and the trainer share one forward.
public final class Tape {
    /// Whether gradients will be asked for.
    public let isRecording: Bool
    let pool: BufferPool
    /// Where parameters' gradients are added up; the parameters of others are constants, for which no product is computed.
    private let parameterGradients: ParameterGradients?
    private var steps: [() -> Void] = []

    /// A tape that adds the gradients of one set of parameters to `gradients`; nil where none are wanted.
    public init(recording: Bool, pool: BufferPool = BufferPool(), gradients: ParameterGradients? = nil) {
        isRecording = recording
        self.pool = pool
        parameterGradients = gradients
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

    /// Adds a backward step for what was added to `output` in place: it runs before the step of the operation that made `output`, to which
    /// it leaves the gradient.
    func recordAddition(to output: Tensor, _ step: @escaping (_ dOutput: UnsafeMutablePointer<Float>) -> Void) {
        guard output.requiresGradient else { return }
        steps.append {
            guard let gradient = output.gradient else { return }
            unsafe step(gradient.base)
        }
    }

    /// Where contributions to dLoss/dtensor go.
    ///
    /// `isFresh` means that the memory holds nothing yet and must be set, not added to.
    struct GradientSlot {
        let storage: Storage
        let offset: Int
        let count: Int
        let isFresh: Bool
        var base: UnsafeMutablePointer<Float> { unsafe storage.base + offset }
        /// What a product is to be added to: itself, or nothing while it is fresh.
        var addend: UnsafePointer<Float>? { isFresh ? nil : unsafe UnsafePointer(base) }

        /// The slot with zeros written where it was fresh, for what only adds.
        func zeroed() -> GradientSlot {
            if isFresh { storage.clear(offset..<offset + count) }
            return GradientSlot(storage: storage, offset: offset, count: count, isFresh: false)
        }
    }

    func gradient(of tensor: Tensor) -> GradientSlot {
        if let offset = tensor.parameterOffset, let parameterGradients {
            precondition(parameterGradients.parameters === tensor.parameters, "the gradient of a parameter that does not learn")
            let isFresh = parameterGradients.claim(offset, tensor.count)
            return GradientSlot(storage: parameterGradients.storage, offset: offset, count: tensor.count, isFresh: isFresh)
        }
        if let gradient = tensor.gradient { return GradientSlot(storage: gradient, offset: 0, count: tensor.count, isFresh: false) }
        let storage = pool.storage(tensor.count)
        tensor.gradient = storage
        return GradientSlot(storage: storage, offset: 0, count: tensor.count, isFresh: true)
    }

    /// The slot with zeros written where it was fresh, for kernels that only add.
    func zeroedGradient(of tensor: Tensor) -> UnsafeMutablePointer<Float> {
        unsafe gradient(of: tensor).zeroed().base
    }

    /// Whether a contribution to this tensor's gradient is wanted.
    func wantsGradient(_ tensor: Tensor) -> Bool {
        guard isRecording && tensor.requiresGradient else { return false }
        guard tensor.parameterOffset != nil else { return true }
        return parameterGradients.map { $0.parameters === tensor.parameters } ?? false
    }
}
