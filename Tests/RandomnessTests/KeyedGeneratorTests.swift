import Randomness
import Testing

@Suite("KeyedGenerator")
struct KeyedGeneratorTests {
    @Test("starts again from its beginning with its key")
    func restarts() {
        var first = KeyedGenerator(key: 5)
        let draws = (0..<10).map { _ in first.next() }
        var second = KeyedGenerator(key: 5)
        #expect((0..<10).map { _ in second.next() } == draws)
    }

    @Test("indices fall evenly on every value", arguments: [1, 2, 7, 500])
    func indices(count: Int) {
        var generator = KeyedGenerator(key: 1)
        let perValue = 400
        var counts = [Int](repeating: 0, count: count)
        for _ in 0..<(perValue * count) { counts[generator.index(below: count)] += 1 }
        // Six standard deviations of a count that is close to Poisson.
        #expect(counts.allSatisfy { abs($0 - perValue) <= (count == 1 ? 0 : 120) })
    }

    @Test("normal draws have mean 0, variance 1 and the fourth moment of a normal")
    func normal() {
        var generator = KeyedGenerator(key: 2)
        let draws = (0..<40_000).map { _ in generator.normal() }
        func moment(_ power: Int) -> Double {
            draws.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { product, _ in product * x } } / Double(draws.count)
        }
        // Five standard errors: 1/√n, √2/√n and √96/√n.
        #expect(abs(moment(1)) < 0.025)
        #expect(abs(moment(2) - 1) < 0.036)
        #expect(abs(moment(4) - 3) < 0.25)
    }
}
