import Randomness
import Testing

@Suite("SeedTree")
struct SeedTreeTests {
    let seed = SeedTree(root: 1)

    @Test("equal paths give equal keys, whatever was asked before")
    func equalPaths() {
        let before = seed("rollout", 3, 7)
        _ = seed("shuffle", 1)("anything")
        #expect(seed("rollout", 3, 7) == before)
        #expect(SeedTree(root: 1)("rollout", 3, 7).key == before.key)
    }

    @Test("different paths give different keys")
    func differentPaths() {
        var keys: [UInt64] = []
        for root in 0..<4 as Range<UInt64> {
            let seed = SeedTree(root: root)
            keys.append(seed.key)
            keys += [seed("a"), seed("b"), seed("ab"), seed("ba"), seed("a")("b"), seed("b")("a"), seed("abc"), seed("ab")("c")].map(\.key)
            keys += [seed("a")("bc"), seed("a")("b")("c")].map(\.key)
            keys += ["", "a", "b", "ab", "ba"].map { seed(named: $0).key } + [seed(named: "a")(named: "b").key, seed(named: "a")("b").key]
            for i in -2..<40 {
                keys += [seed("a", i).key, seed("b", i).key]
                keys += (0..<40).map { seed("a", i, $0).key }
            }
        }
        #expect(Set(keys).count == keys.count)
    }

    @Test("a node's stream is not its children's nor its siblings'")
    func streams() {
        var generators = [seed("a"), seed("a", 0), seed("a", 1), seed("b"), seed("a")("a")].map(\.generator)
        let draws = generators.indices.flatMap { i in (0..<100).map { _ in generators[i].next() } }
        #expect(Set(draws).count == draws.count)
    }
}
