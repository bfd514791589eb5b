public import Randomness

extension Tape {
    /// Zeroes each element with probability `probability` and multiplies the others by 1 / (1 − probability) (arXiv:1207.0580).
    ///
    /// Element i is dropped where the uniform number at i of the stream of `seed` lies below `probability`: the mask is a function of
    /// key and position. On a tape that does not record, or at probability 0, `x` itself is returned.
    /// A dropped element is 0 even where it was infinite or NaN. Empty gives empty.
    public func dropout(_ x: Tensor, probability: Float, seed: SeedTree) -> Tensor {
        precondition(probability >= 0 && probability < 1, "a dropout probability of \(probability) is outside 0..<1")
        guard isRecording && probability > 0 else { return x }
        let count = x.count, key = seed.key, factor = 1 / (1 - probability)
        func isKept(_ i: Int) -> Bool { Philox.uniform(key: key, counter: UInt64(i)) >= probability }
        let y = make(x.shape, requiresGradient: x.requiresGradient)
        let input = unsafe x.base, output = unsafe y.base
        for i in 0..<count { unsafe output[i] = isKept(i) ? input[i] * factor : 0 }
        unsafe record(y) { [self] dy in
            guard wantsGradient(x) else { return }
            accumulate(gradient(of: x), count) { i in unsafe isKept(i) ? dy[i] * factor : 0 }
        }
        return y
    }
}
