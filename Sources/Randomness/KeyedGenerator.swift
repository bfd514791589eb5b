/// The standard library's generator protocol over one `Philox` stream.
public struct KeyedGenerator: RandomNumberGenerator, Sendable {
    private let key: UInt64
    private var counter: UInt64 = 0

    /// The stream of `key`, from its beginning.
    public init(key: UInt64) {
        self.key = key
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        defer { counter += 1 }
        let words = Philox.words(key: key, counter: counter)
        return UInt64(words[0]) | UInt64(words[1]) << 32
    }

    /// A uniform number in [0, 1) with 53 bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// An integer in `0..<count`; `count` must be positive.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "index(below: \(count)) needs a positive count")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A draw from the standard normal distribution (Box and Muller, one of the pair).
    public mutating func normal() -> Double {
        let radius = (-2 * Double.logarithm(1 - uniform())).squareRoot()
        return radius * Double.cosine(2 * .pi * uniform())
    }
}
