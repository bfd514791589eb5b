import Autodidact

/// How much goes into one request.
struct RequestLimits: Sendable, Hashable {
    /// Bytes of JSON; services take 5 MB and more.
    var bytes = 4 << 20
    /// Sequences; the SDK sends no more at once.
    var sequences = 1024

    /// The places of sequences cut into requests, in order; what alone is too long has a request of its own.
    func cut(_ sizes: [Int]) -> [Range<Int>] {
        var cuts: [Range<Int>] = []
        var (start, total) = (0, 0)
        for (place, size) in sizes.enumerated() {
            if place > start && (total + size > bytes || place - start == sequences) {
                cuts.append(start..<place)
                (start, total) = (place, 0)
            }
            total += size
        }
        if start < sizes.count { cuts.append(start..<sizes.count) }
        return cuts
    }

    /// At most how many bytes a sequence takes in JSON: each token twice, and two numbers where it carries loss.
    static func size(of tokens: some Sequence<TokenID>, trained: Int) -> Int {
        // The names of the fields; a number of 32 bits has at most 16 characters with its comma.
        tokens.reduce(320 + 32 * trained) { $0 + 2 * (digits($1) + 1) + 8 }
    }

    private static func digits(_ token: TokenID) -> Int {
        var (rest, count) = (token, 1)
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }
}
