/// Philox4x32-10: four random 32-bit words as a pure function of a key and a counter.
///
/// A draw depends on nothing but its key and position, so the order of work and the number of cores cannot change a result.
/// Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (SC 2011).
public enum Philox {
    /// The four words at `counter` of the stream `key`.
    @inlinable
    public static func words(key: UInt64, counter: UInt64, stream: UInt64 = 0) -> SIMD4<UInt32> {
        var x = SIMD4<UInt32>(
            UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
            UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
        )
        var key0 = UInt32(truncatingIfNeeded: key)
        var key1 = UInt32(truncatingIfNeeded: key >> 32)
        for _ in 0..<10 {
            let product0 = UInt64(x[0]) * 0xD251_1F53
            let product1 = UInt64(x[2]) * 0xCD9E_8D57
            x = SIMD4(
                UInt32(truncatingIfNeeded: product1 >> 32) ^ x[1] ^ key0, UInt32(truncatingIfNeeded: product1),
                UInt32(truncatingIfNeeded: product0 >> 32) ^ x[3] ^ key1, UInt32(truncatingIfNeeded: product0)
            )
            key0 &+= 0x9E37_79B9
            key1 &+= 0xBB67_AE85
        }
        return x
    }

    /// A uniform number in [0, 1) with 24 bits, at `counter` of the stream `key`.
    @inlinable
    public static func uniform(key: UInt64, counter: UInt64) -> Float {
        Float(words(key: key, counter: counter)[0] >> 8) * 0x1p-24
    }
}
