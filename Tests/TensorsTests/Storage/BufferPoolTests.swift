import Tensors
import Testing

@Suite("Buffer pool")
struct BufferPoolTests {
    /// Takes so many buffers of a length at once, and gives all back.
    private static func use(_ pool: BufferPool, _ count: Int, of length: Int) {
        let buffers = (0..<count).map { _ in pool.storage(length) }
        #expect(buffers.allSatisfy { $0.count == length })
    }

    @Test("what is asked for again is not allocated again")
    func reuse() {
        let pool = BufferPool()
        Self.use(pool, 10, of: 1000)
        let held = pool.held
        #expect(held >= 10_000)
        for _ in 1...5 { Self.use(pool, 10, of: 990) }
        #expect(pool.held == held)
    }

    @Test("demand that grows step by step leaves no buffers of smaller sizes behind")
    func growth() {
        let pool = BufferPool()
        for length in stride(from: 1000, through: 4000, by: 100) { Self.use(pool, 10, of: length) }
        let alone = BufferPool()
        Self.use(alone, 10, of: 4000)
        #expect(pool.held <= alone.held + alone.held / 4)
    }

    @Test("demand for other sizes takes the room of those that lie free")
    func change() {
        let pool = BufferPool()
        Self.use(pool, 1, of: 100_000)
        Self.use(pool, 100, of: 1000)
        Self.use(pool, 1, of: 100_000)
        #expect(pool.held <= 150_000)
    }

    @Test("a buffer in use is never taken away, and its contents stay")
    func inUse() {
        let pool = BufferPool()
        let kept = pool.zeros(1000)
        kept.fill(7)
        for length in stride(from: 200, through: 20_000, by: 300) { Self.use(pool, 3, of: length) }
        #expect(kept.floats.allSatisfy { $0 == 7 })
    }

    @Test("a drained pool holds what is in use alone")
    func drain() {
        let pool = BufferPool()
        let kept = pool.storage(128)
        Self.use(pool, 4, of: 5000)
        pool.drain()
        #expect(pool.held == 128 && kept.count == 128)
        Self.use(pool, 1, of: 5000)
        #expect(pool.held >= 5128)
    }
}
