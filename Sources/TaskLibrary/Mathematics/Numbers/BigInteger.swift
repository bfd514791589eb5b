/// A whole number of any size; whoever computes with it bounds `bitCount`.
struct BigInteger: Hashable, Sendable {
    /// False for zero.
    private(set) var isNegative: Bool
    /// The magnitude, lowest limb first, the last one not zero; empty for zero.
    private(set) var limbs: [UInt32]

    static let zero = BigInteger(0)
    static let one = BigInteger(1)

    init(_ value: Int) {
        isNegative = value < 0
        let magnitude = UInt64(value.magnitude)
        limbs = [UInt32(truncatingIfNeeded: magnitude), UInt32(magnitude >> 32)]
        while limbs.last == 0 { limbs.removeLast() }
    }

    init(isNegative: Bool, limbs: [UInt32]) {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    /// The number of decimal digits; nil where another character is among them or there are none.
    init?(digits: some StringProtocol) {
        guard !digits.isEmpty else { return nil }
        var limbs: [UInt32] = []
        for byte in digits.utf8 {
            guard byte.isDecimalDigit else { return nil }
            var carry = UInt64(byte - UInt8(ascii: "0"))
            for index in limbs.indices {
                carry += UInt64(limbs[index]) * 10
                limbs[index] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
        self.init(isNegative: false, limbs: limbs)
    }

    var isZero: Bool { limbs.isEmpty }

    var isEven: Bool { limbs.first?.isMultiple(of: 2) ?? true }

    /// The bits of the magnitude.
    var bitCount: Int { limbs.count * 32 - (limbs.last?.leadingZeroBitCount ?? 0) }

    var magnitude: BigInteger { BigInteger(isNegative: false, limbs: limbs) }

    /// The same number where it fits.
    var int: Int? {
        guard bitCount <= 62 else { return nil }
        let size = limbs.reversed().reduce(0) { $0 << 32 | Int($1) }
        return isNegative ? -size : size
    }

    /// The nearest floating-point number, or an infinity.
    var approximate: Double {
        let size = limbs.reversed().reduce(0.0) { $0 * 4_294_967_296 + Double($1) }
        return isNegative ? -size : size
    }

    static prefix func - (number: BigInteger) -> BigInteger { BigInteger(isNegative: !number.isNegative, limbs: number.limbs) }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(isNegative: left.isNegative, limbs: sum(left.limbs, right.limbs))
        }
        return isLess(left.limbs, right.limbs)
            ? BigInteger(isNegative: right.isNegative, limbs: difference(right.limbs, left.limbs))
            : BigInteger(isNegative: left.isNegative, limbs: difference(left.limbs, right.limbs))
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isZero || right.isZero { return zero }
        var limbs = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (place, factor) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (offset, other) in right.limbs.enumerated() {
                carry += UInt64(factor) * UInt64(other) + UInt64(limbs[place + offset])
                limbs[place + offset] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            limbs[place + right.limbs.count] = UInt32(carry)
        }
        return BigInteger(isNegative: left.isNegative != right.isNegative, limbs: limbs)
    }

    /// Whether a magnitude is smaller than another.
    static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        return left.reversed().lexicographicallyPrecedes(right.reversed())
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var (limbs, carry): ([UInt32], UInt64) = ([], 0)
        for index in 0..<max(left.count, right.count) {
            carry += UInt64(index < left.count ? left[index] : 0) + UInt64(index < right.count ? right[index] : 0)
            limbs.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return carry > 0 ? limbs + [UInt32(carry)] : limbs
    }

    /// The difference of magnitudes, the first not smaller.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var (limbs, borrow): ([UInt32], Int64) = ([], 0)
        for index in left.indices {
            let rest = Int64(left[index]) - borrow - Int64(index < right.count ? right[index] : 0)
            limbs.append(UInt32(truncatingIfNeeded: rest))
            borrow = rest < 0 ? 1 : 0
        }
        return limbs
    }
}

extension BigInteger: Comparable {
    static func < (left: BigInteger, right: BigInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? isLess(right.limbs, left.limbs) : isLess(left.limbs, right.limbs)
    }
}
