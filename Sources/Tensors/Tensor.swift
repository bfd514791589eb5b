/// A dense fp32 array: shape and memory.
///
/// Made by a `Tape`'s operations, by `Parameters`, or from numbers.
///
/// `@unchecked Sendable`: a tensor belongs to one tape and its thread; parameters' tensors hold no gradient of their own.
public final class Tensor: @unchecked Sendable {
    /// Sizes, outermost first; row-major.
    public let shape: [Int]
    let offset: Int
    /// Where its gradient lies in a tape's parameter gradients, for a parameter.
    let parameterOffset: Int?
    /// Whose parameter it is; a tape adds up the gradients of one set of parameters only.
    let parameters: Parameters?
    /// Its matrix packed for products, for a parameter.
    let packing: PackedMatrix?
    /// dLoss/dself, made when the first contribution arrives; nil for parameters.
    var gradient: Storage?
    let requiresGradient: Bool
    private var held: Storage?
    /// Fills a tensor's memory again from its inputs.
    private var recipe: (() -> Storage)?

    init(
        shape: [Int], storage: Storage, offset: Int = 0, parameterOffset: Int? = nil, parameters: Parameters? = nil,
        packing: PackedMatrix? = nil, requiresGradient: Bool
    ) {
        self.shape = shape
        held = storage
        self.offset = offset
        self.parameterOffset = parameterOffset
        self.parameters = parameters
        self.packing = packing
        self.requiresGradient = requiresGradient
    }

    /// Its memory; computed again where it was given back.
    var storage: Storage {
        if let held { return held }
        guard let recipe else { preconditionFailure("a tensor's memory is gone and nothing can compute it again") }
        let storage = recipe()
        held = storage
        return storage
    }

    /// States how the memory can be filled again, so that it may be given back.
    func isComputed(by recipe: @escaping () -> Storage) {
        self.recipe = recipe
    }

    /// Gives the memory back until somebody asks for it, where it can be computed again.
    func forget() {
        if recipe != nil { held = nil }
    }

    /// A constant, or a leaf whose gradient is wanted.
    public convenience init(_ values: [Float], shape: [Int], requiresGradient: Bool = false) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values do not fill shape \(shape)")
        let storage = Storage(count: values.count)
        storage.write(values)
        self.init(shape: shape, storage: storage, requiresGradient: requiresGradient)
    }

    /// How many numbers it holds.
    public var count: Int { shape.reduce(1, *) }

    /// The size of the last axis; 1 for a scalar.
    public var width: Int { shape.last ?? 1 }

    /// The product of all axes but the last.
    public var rows: Int { shape.dropLast().reduce(1, *) }

    /// A copy of its numbers, row-major.
    public var values: [Float] { storage.read(offset..<offset + count) }

    /// A copy of dLoss/dself after `Tape.backward`, or nil where nothing arrived.
    ///
    /// Parameters' gradients are with the tape.
    public var gradientValues: [Float]? { gradient?.read(0..<count) }

    /// The columns `range` of each row, without a copy.
    public func columns(_ range: Range<Int>) -> Columns {
        precondition(range.lowerBound >= 0 && range.upperBound <= width, "columns \(range) of a row of \(width)")
        return Columns(tensor: self, start: range.lowerBound, width: range.count)
    }

    /// All columns.
    public var allColumns: Columns { Columns(tensor: self, start: 0, width: width) }

    package var base: UnsafeMutablePointer<Float> { unsafe storage.base + offset }
}

/// Some columns of a tensor's rows, in place: the queries within fused query-key-value rows, say.
public struct Columns: Sendable {
    /// Whose columns.
    public let tensor: Tensor
    /// The first.
    public let start: Int
    /// How many.
    public let width: Int

    /// Distance from one row to the next.
    var stride: Int { tensor.width }
    var base: UnsafeMutablePointer<Float> { unsafe tensor.base + start }
}
