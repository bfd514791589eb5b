import Randomness

/// Numbers for tests, each a function of its seed.
enum RandomFloats {
    /// Draws from the normal distribution.
    static func normal(_ count: Int, _ seed: SeedTree, deviation: Double = 1) -> [Float] {
        var generator = seed.generator
        return (0..<count).map { _ in Float(generator.normal() * deviation) }
    }

    /// Magnitudes in 0.25...1.5 with random signs: clear of the kink of a rectifier.
    static func awayFromZero(_ count: Int, _ seed: SeedTree) -> [Float] {
        var generator = seed.generator
        return (0..<count).map { _ in Float((0.25 + 1.25 * generator.uniform()) * (generator.uniform() < 0.5 ? -1 : 1)) }
    }

    /// Numbers in 0.5...2.
    static func positive(_ count: Int, _ seed: SeedTree) -> [Float] {
        var generator = seed.generator
        return (0..<count).map { _ in Float(0.5 + 1.5 * generator.uniform()) }
    }
}
