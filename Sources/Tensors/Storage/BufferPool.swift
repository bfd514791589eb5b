import Synchronization

/// Recycles float buffers by size class, so that a step in a hot loop allocates nothing after the first.
///
/// Lengths are rounded up to an eighth of their power of two; memory handed back stays with the pool for the next who asks. Where nothing
/// fits, what lies free makes room first: a pool never holds more than a quarter above the most that was in use at once. Without that,
/// batches that grow step by step would leave a set of buffers of each size behind.
public final class BufferPool: Sendable {
    private struct Shelf: Sendable {
        // Each address is owned by the shelf alone while it lies there.
        var free: [Int: [UInt]] = [:]
        /// Floats of all buffers, of those in use, and the most that were in use at once.
        var held = 0, used = 0, busiest = 0

        /// The smallest free buffer from a size class up to twice its size: batches vary in length from step to step, and a pool
        /// that kept buffers for each length apart would grow to several times the largest batch.
        mutating func take(_ least: Int) -> (address: UInt, capacity: Int)? {
            var capacity = least
            while capacity <= 2 * least {
                if let address = free[capacity]?.popLast() {
                    use(capacity)
                    return (address, capacity)
                }
                capacity = BufferPool.sizeClass(capacity + 1)
            }
            return nil
        }

        mutating func use(_ capacity: Int) {
            used += capacity
            busiest = max(busiest, used)
        }

        /// Counts a new buffer in, and takes out the largest free ones that it leaves no room for.
        mutating func makeRoom(for capacity: Int) -> [UInt] {
            use(capacity)
            held += capacity
            var leaving: [UInt] = []
            while held > busiest + busiest / 4, let largest = free.keys.filter({ free[$0]?.isEmpty == false }).max(),
                let address = free[largest]?.popLast()
            {
                held -= largest
                leaving.append(address)
            }
            return leaving
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
        Self.release(shelf.withLock { $0.makeRoom(for: least) })
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
            defer {
                shelf.free = [:]
                (shelf.held, shelf.busiest) = (shelf.used, shelf.used)
            }
            return shelf.free
        }
        Self.release(free.values.joined())
    }

    /// Floats that the pool holds, in use or free.
    package var held: Int { shelf.withLock { $0.held } }

    private static func release(_ addresses: some Sequence<UInt>) {
        for address in addresses { unsafe UnsafeMutablePointer<Float>(bitPattern: address)?.deallocate() }
    }

    func takeBack(_ base: UnsafeMutablePointer<Float>, capacity: Int) {
        let address = UInt(bitPattern: base)
        shelf.withLock {
            $0.used -= capacity
            $0.free[capacity, default: []].append(address)
        }
    }

    static func sizeClass(_ count: Int) -> Int {
        guard count > 128 else { return 128 }
        let step = 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount - 3)
        return (count + step - 1) / step * step
    }
}
