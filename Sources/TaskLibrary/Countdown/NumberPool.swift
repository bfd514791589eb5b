import Randomness

/// A few positive numbers held in one register: plays of the game allocate nothing.
struct NumberPool: Sendable, Hashable {
    static let capacity = 8
    static let largest = 1_000_000

    private var values = SIMD8<Int32>()
    private(set) var count = 0

    /// A pool of at most `capacity` numbers, each in `1...largest`.
    init(_ numbers: some Sequence<Int>) {
        for number in numbers { append(number) }
    }

    /// The number at a position below `count`.
    subscript(index: Int) -> Int { Int(values[index]) }

    mutating func append(_ number: Int) {
        values[count] = Int32(truncatingIfNeeded: number)
        count += 1
    }

    /// Takes out the number at an index; the last one moves into its place.
    mutating func remove(at index: Int) -> Int {
        let number = values[index]
        count -= 1
        values[index] = values[count]
        return Int(number)
    }

    /// Takes out a uniformly drawn number.
    mutating func draw(using generator: inout KeyedGenerator) -> Int {
        remove(at: generator.index(below: count))
    }
}
