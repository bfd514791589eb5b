#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Contiguous fp32 memory, aligned to a cache line, owned by this object.
///
/// `@unchecked Sendable`: the pointer never changes and is freed once, in `deinit`; who writes while others read is decided by the
/// owners of the storage (parameters are written only between parallel sections, a tape's tensors only by its own thread).
@safe public final class Storage: @unchecked Sendable {
    /// The first float.
    @usableFromInline package let base: UnsafeMutablePointer<Float>
    /// How many floats are in use.
    public let count: Int
    private let capacity: Int
    private let pool: BufferPool?

    /// Zeros that belong to no pool.
    public convenience init(count: Int) {
        unsafe self.init(adopting: Storage.allocate(count), count: count, capacity: count, pool: nil)
        fill(0)
    }

    /// Arbitrary contents that belong to no pool.
    convenience init(unwritten count: Int) {
        unsafe self.init(adopting: Storage.allocate(count), count: count, capacity: count, pool: nil)
    }

    init(adopting base: UnsafeMutablePointer<Float>, count: Int, capacity: Int, pool: BufferPool?) {
        unsafe self.base = base
        self.count = count
        self.capacity = capacity
        self.pool = pool
    }

    deinit {
        if let pool { unsafe pool.takeBack(base, capacity: capacity) } else { unsafe base.deallocate() }
    }

    static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let isLarge = bytes >= hugePage
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? hugePage : 64)
        #if os(Linux)
            // Fewer page faults and fewer misses of the address cache; where the system will not, nothing is lost.
            if isLarge { _ = unsafe madvise(memory, bytes, MADV_HUGEPAGE) }
        #endif
        return unsafe memory.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    private static let hugePage = 1 << 21

    /// Sets every float.
    public func fill(_ value: Float) {
        unsafe base.update(repeating: value, count: count)
    }

    /// Copies all floats of a storage of the same length.
    public func copy(from other: Storage) {
        precondition(other.count == count, "cannot copy \(other.count) floats into \(count)")
        unsafe base.update(from: other.base, count: count)
    }

    /// Writes `values` from position `start` on.
    public func write(_ values: [Float], at start: Int = 0) {
        precondition(start >= 0 && start + values.count <= count, "\(values.count) floats at \(start) do not fit into \(count)")
        unsafe values.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { unsafe (base + start).update(from: first, count: source.count) }
        }
    }

    /// A copy of a range.
    public func read(_ range: Range<Int>) -> [Float] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) is outside 0..<\(count)")
        return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// A copy of all floats.
    public var floats: [Float] { read(0..<count) }

    /// Lends the floats for reading.
    public func withSpan<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
        try unsafe body(Span(_unsafeElements: UnsafeBufferPointer(start: base, count: count)))
    }
}
