import Synchronization

/// Pools for whoever computes at the moment: as many as were ever at work at once, the one last given back first.
///
/// What a pool holds never decides a result, so it does not matter who gets which.
package final class PoolStack: Sendable {
    private let idle = Mutex<[BufferPool]>([])

    /// No pools yet.
    package init() {}

    /// A pool that nobody else works with.
    package func take() -> BufferPool { idle.withLock { $0.popLast() } ?? BufferPool() }

    /// Gives a pool back for the next.
    package func giveBack(_ pool: BufferPool) { idle.withLock { $0.append(pool) } }

    /// Floats that the pools at rest hold.
    package var held: Int { idle.withLock { $0.reduce(0) { $0 + $1.held } } }

    /// Lends a pool for one piece of work.
    package func lending<Result>(_ work: (BufferPool) -> Result) -> Result {
        let pool = take()
        defer { giveBack(pool) }
        return work(pool)
    }
}
