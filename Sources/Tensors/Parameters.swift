import CKernels
import Synchronization

/// One named array among a model's parameters.
public struct ParameterSpecification: Sendable, Hashable {
    /// The name in checkpoints.
    public let name: String
    /// Sizes, outermost first.
    public let shape: [Int]
    /// Whether weight decay applies (matrices), or not (gains).
    public let decays: Bool

    /// A named array.
    public init(_ name: String, shape: [Int], decays: Bool) {
        self.name = name
        self.shape = shape
        self.decays = decays
    }

    /// How many numbers.
    public var count: Int { shape.reduce(1, *) }
}

/// All parameters of a model in one contiguous storage, in the order of their specifications.
///
/// Arrays that follow each other can be used as one (query, key and value projections as a single matrix), gradients and optimiser
/// moments have the same layout, and a snapshot is one copy. Written only between parallel sections.
public final class Parameters: Sendable {
    /// What is held, in order.
    public let specifications: [ParameterSpecification]
    /// All values.
    public let storage: Storage
    private let offsets: [String: Int]
    private let version = Atomic<Int>(0)

    /// Zeros for the given arrays.
    public init(_ specifications: [ParameterSpecification]) {
        self.specifications = specifications
        var offsets: [String: Int] = [:]
        var offset = 0
        for specification in specifications {
            precondition(offsets[specification.name] == nil, "two parameters are named \(specification.name)")
            offsets[specification.name] = offset
            offset += specification.count
        }
        self.offsets = offsets
        storage = Storage(count: offset)
    }

    /// How many numbers in all.
    public var count: Int { storage.count }

    /// Where an array begins.
    public func offset(of name: String) -> Int {
        guard let offset = offsets[name] else { preconditionFailure("no parameter is named \(name)") }
        return offset
    }

    /// A tensor over the array `name`, or over it and those that follow, seen as `shape`.
    public func tensor(_ name: String, shape: [Int]) -> Tensor {
        let offset = offset(of: name)
        precondition(offset + shape.reduce(1, *) <= count, "\(name) as \(shape) reaches past the parameters")
        let packing = shape.count == 2 ? PackedMatrix(self, offset: offset, rows: shape[0], columns: shape[1]) : nil
        return Tensor(
            shape: shape, storage: storage, offset: offset, parameterOffset: offset, parameters: self, packing: packing,
            requiresGradient: true
        )
    }

    /// A copy of every array with its name, in order.
    public var namedArrays: [(name: String, shape: [Int], floats: [Float])] {
        specifications.map { specification in
            let offset = offset(of: specification.name)
            return (specification.name, specification.shape, storage.read(offset..<offset + specification.count))
        }
    }

    /// Must be called after every change of values, so that packed copies are renewed.
    public func didChange() {
        version.add(1, ordering: .sequentiallyConsistent)
    }

    var currentVersion: Int { version.load(ordering: .sequentiallyConsistent) }
}

/// A parameter matrix W [rows, columns] in the packed form of the product kernel, renewed when the parameters change.
final class PackedMatrix: Sendable {
    /// Which product the packed copy serves.
    enum Side: Int {
        /// x · Wᵀ
        case transposed
        /// x · W
        case plain
    }
    /// A packed copy: its memory is made once, and filled again by whoever first finds it old.
    private final class Copy: Sendable {
        let storage = AtomicLazyReference<Storage>()
        let version = Atomic<Int>(-1)
        let filling = Mutex<Void>(())
    }
    private let parameters: Parameters
    private let offset: Int
    private let rows: Int
    private let columns: Int
    private let transposed = Copy()
    private let plain = Copy()

    init(_ parameters: Parameters, offset: Int, rows: Int, columns: Int) {
        self.parameters = parameters
        self.offset = offset
        self.rows = rows
        self.columns = columns
    }

    /// The packed copy of the present values; without a lock where it is up to date, for all cores ask for it at once.
    func packed(_ side: Side) -> Storage {
        let copy = side == .transposed ? transposed : plain
        let current = parameters.currentVersion
        if copy.version.load(ordering: .acquiring) == current, let storage = copy.storage.load() { return storage }
        return copy.filling.withLock { _ in
            let K = side == .transposed ? columns : rows
            let N = side == .transposed ? rows : columns
            let storage = copy.storage.load() ?? copy.storage.storeIfNil(Storage(unwritten: ck_packed_size(K, N)))
            if copy.version.load(ordering: .acquiring) != current {
                unsafe ck_pack(parameters.storage.base + offset, columns, K, N, side == .transposed ? 1 : 0, storage.base)
                copy.version.store(current, ordering: .releasing)
            }
            return storage
        }
    }
}

extension Tensor {
    /// Renews the packed copies of a parameter matrix, so that cores that are about to use it need not wait for one another.
    package func pack(forBackward: Bool) {
        guard let packing, MatrixProduct.usesKernels else { return }
        _ = packing.packed(.transposed)
        if forBackward { _ = packing.packed(.plain) }
    }
}
