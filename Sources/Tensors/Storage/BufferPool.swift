import Synchronization

/// Recycles float buffers by size class, so that a step in a hot loop allocates nothing after the first.
///
/// Lengths are rounded up to an eighth of their power of two; memory handed back stays with the pool until `drain()`.
public final class BufferPool: Sendable {
    private struct Shelf: Sendable {
        // Each address is owned by the shelf alone while it lies there.
        var free: [Int: [UInt]] = [:]

        /// The smallest free buffer from a size class up to twice its size: batches vary in length from step to step, and a pool
        /// that kept buffers for each length apart would grow to several times the largest batch.
        mutating func take(_ least: Int) -> (address: UInt, capacity: Int)? {
            var capacity = least
            while capacity <= 2 * least {
                if let address = free[capacity]?.popLast() { return (address, capacity) }
                capacity = BufferPool.sizeClass(capacity + 1)
            }
            return nil
        }
    }
    private let shelf = Mutex(Shelf())

    /// An empty pool.
    public init() {}

    deinit { drain() }

    /// A storage of `count` floats with arbitrary contents.
    public func storage(_ count: Int) -> Storage {
        let least = Self.sizeClass(count)
        if let (address, capacity) = shelf.withLock({ $0.take(least) }),
            let base = unsafe UnsafeMutablePointer<Float>(bitPattern: address)
        {
            return unsafe Storage(adopting: base, count: count, capacity: capacity, pool: self)
        }
        return unsafe Storage(adopting: Storage.allocate(least), count: count, capacity: least, pool: self)
    }

    /// A storage of `count` zeros.
    public func zeros(_ count: Int) -> Storage {
        let storage = storage(count)
        storage.fill(0)
        return storage
    }

    /// Frees what lies unused in the pool.
    public func drain() {
        let free = shelf.withLock { shelf in
            defer { shelf.free = [:] }
            return shelf.free
        }
        for address in free.values.joined() { unsafe UnsafeMutablePointer<Float>(bitPattern: address)?.deallocate() }
    }

    func takeBack(_ base: UnsafeMutablePointer<Float>, capacity: Int) {
        let address = UInt(bitPattern: base)
        shelf.withLock { $0.free[capacity, default: []].append(address) }
    }

    static func sizeClass(_ count: Int) -> Int {
        guard count > 128 else { return 128 }
        let step = 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount - 3)
        return (count + step - 1) / step * step
    }
}
