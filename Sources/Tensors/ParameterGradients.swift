/// dLoss/dparameters of one set of parameters, in the parameters' own layout.
///
/// A range that nobody has written holds nothing: the first contribution sets it and later ones add, so that no step begins by
/// clearing all of it. Parameters of other sets are constants to a tape that adds up these.
///
/// `@unchecked Sendable`: one thread at a time writes, as it is handed from a tape to the next.
public final class ParameterGradients: @unchecked Sendable {
    /// Whose gradients.
    public let parameters: Parameters
    package let storage: Storage
    /// Start and length of what has been written.
    private var written: [Int: Int] = [:]
    /// Whether all of it has been, part by part or as zeros.
    private var isComplete = false

    /// No gradients yet.
    public init(_ parameters: Parameters) {
        self.parameters = parameters
        storage = Storage(unwritten: parameters.count)
    }

    /// Sets to zero what nothing has contributed to; returns all gradients.
    public func completed() -> Storage {
        var offset = 0
        for (start, count) in written.sorted(by: { $0.key < $1.key }) {
            storage.clear(offset..<start)
            offset = start + count
        }
        storage.clear(offset..<storage.count)
        written = [0: storage.count]
        isComplete = true
        return storage
    }

    /// Forgets all gradients.
    public func clear() {
        written = [:]
        isComplete = false
    }

    /// Adds others' gradients, in order; cut over cores, which cannot change an elementwise sum.
    public func add(_ others: [ParameterGradients], cores: Cores) {
        for other in others {
            precondition(other.parameters === parameters, "gradients of other parameters")
            let pieces = other.written.flatMap { start, count in
                let isFresh = claim(start, count)
                return stride(from: start, to: start + count, by: Self.piece).map { first in
                    (range: first..<min(first + Self.piece, start + count), isFresh: isFresh)
                }
            }
            cores.forEach(pieces.count) { index in
                let (range, isFresh) = pieces[index]
                if isFresh { storage.copy(range, from: other.storage) } else { storage.add(range, of: other.storage) }
            }
        }
    }

    private static let piece = 1 << 16

    /// Whether a range is written for the first time; from then on it counts as written.
    func claim(_ start: Int, _ count: Int) -> Bool {
        if isComplete { return false }
        if let known = written[start] {
            precondition(known == count, "a parameter is seen with \(count) numbers after \(known)")
            return false
        }
        precondition(
            written.allSatisfy { $0.key + $0.value <= start || start + count <= $0.key }, "two views of the parameters overlap")
        written[start] = count
        return true
    }
}
