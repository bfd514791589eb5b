extension BigInteger {
    /// Quotient and remainder, both rounded down: the remainder has the divisor's sign or is zero; the divisor is not zero.
    func dividedDown(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        let (limbs, rest) = Self.divide(self.limbs, by: divisor.limbs)
        let quotient = BigInteger(isNegative: isNegative != divisor.isNegative, limbs: limbs)
        let remainder = BigInteger(isNegative: isNegative, limbs: rest)
        let isShort = !remainder.isZero && isNegative != divisor.isNegative
        return isShort ? (quotient - .one, remainder + divisor) : (quotient, remainder)
    }

    /// The greatest common divisor, not negative.
    static func greatestCommonDivisor(_ left: BigInteger, _ right: BigInteger) -> BigInteger {
        var (left, right) = (left.magnitude, right.magnitude)
        while !right.isZero { (left, right) = (right, left.dividedDown(by: right).remainder) }
        return left
    }

    /// The whole number whose power is this one, which is not negative; nil where there is none.
    func exactRoot(_ degree: Int) -> BigInteger? {
        if isZero || self == .one { return self }
        // Between the powers of two around it, by halving.
        var low = BigInteger.one
        var high = BigInteger(isNegative: false, limbs: [UInt32](repeating: 0, count: bitCount / degree / 32 + 1) + [1])
        while low < high {
            let middle = (low + high + .one).dividedDown(by: BigInteger(2)).quotient
            if middle.power(degree) > self { high = middle - .one } else { low = middle }
        }
        return low.power(degree) == self ? low : nil
    }

    /// The power with an exponent of at least 0.
    func power(_ exponent: Int) -> BigInteger {
        var (result, base, rest) = (BigInteger.one, self, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            rest >>= 1
            if rest > 0 { base = base * base }
        }
        return result
    }

    /// Decimal digits.
    var decimal: String {
        var (groups, rest): ([String], [UInt32]) = ([], limbs)
        while !rest.isEmpty {
            let (quotient, remainder) = Self.divide(rest, by: [1_000_000_000])
            let digits = String(remainder.first ?? 0)
            groups.append(quotient.isEmpty ? digits : String(repeating: "0", count: 9 - digits.count) + digits)
            rest = quotient
        }
        return (isNegative ? "-" : "") + (groups.isEmpty ? "0" : groups.reversed().joined())
    }

    /// Quotient and remainder of magnitudes (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D).
    private static func divide(_ dividend: [UInt32], by divisor: [UInt32]) -> (quotient: [UInt32], remainder: [UInt32]) {
        precondition(!divisor.isEmpty, "division by zero")
        if isLess(dividend, divisor) { return ([], dividend) }
        if divisor.count == 1 { return divide(dividend, bySingle: UInt64(divisor[0])) }
        let shift = UInt32(divisor[divisor.count - 1].leadingZeroBitCount)
        let (low, size) = (shifted(divisor, by: shift), divisor.count)
        var rest = shifted(dividend, by: shift)
        while rest.count <= dividend.count { rest.append(0) }
        var quotient = [UInt32](repeating: 0, count: dividend.count - size + 1)
        for place in quotient.indices.reversed() {
            let top = UInt64(rest[place + size]) << 32 | UInt64(rest[place + size - 1])
            var (digit, over) = (top / UInt64(low[size - 1]), top % UInt64(low[size - 1]))
            while digit >> 32 != 0 || digit * UInt64(low[size - 2]) > over << 32 | UInt64(rest[place + size - 2]) {
                digit -= 1
                over += UInt64(low[size - 1])
                if over >> 32 != 0 { break }
            }
            if subtract(low, times: digit, from: &rest, at: place) {
                digit -= 1
                add(low, to: &rest, at: place)
            }
            quotient[place] = UInt32(truncatingIfNeeded: digit)
        }
        return (trimmed(quotient), trimmed(unshifted(Array(rest.prefix(size)), by: shift)))
    }

    private static func divide(_ dividend: [UInt32], bySingle divisor: UInt64) -> (quotient: [UInt32], remainder: [UInt32]) {
        var (quotient, rest) = ([UInt32](repeating: 0, count: dividend.count), UInt64(0))
        for place in dividend.indices.reversed() {
            let top = rest << 32 | UInt64(dividend[place])
            (quotient[place], rest) = (UInt32(top / divisor), top % divisor)
        }
        return (trimmed(quotient), rest == 0 ? [] : [UInt32(rest)])
    }

    /// Subtracts a multiple; whether the result went below zero.
    private static func subtract(_ limbs: [UInt32], times digit: UInt64, from rest: inout [UInt32], at place: Int) -> Bool {
        var (carry, borrow): (UInt64, Int64) = (0, 0)
        for index in 0...limbs.count {
            carry += index < limbs.count ? digit * UInt64(limbs[index]) : 0
            let difference = Int64(rest[place + index]) - borrow - Int64(carry & 0xFFFF_FFFF)
            rest[place + index] = UInt32(truncatingIfNeeded: difference)
            borrow = difference < 0 ? 1 : 0
            carry >>= 32
        }
        return borrow > 0
    }

    private static func add(_ limbs: [UInt32], to rest: inout [UInt32], at place: Int) {
        var carry: UInt64 = 0
        for index in 0...limbs.count {
            carry += UInt64(rest[place + index]) + UInt64(index < limbs.count ? limbs[index] : 0)
            rest[place + index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }

    private static func shifted(_ limbs: [UInt32], by shift: UInt32) -> [UInt32] {
        guard shift > 0 else { return limbs }
        var (result, carry): ([UInt32], UInt32) = ([], 0)
        for limb in limbs {
            result.append(limb << shift | carry)
            carry = limb >> (32 - shift)
        }
        return carry > 0 ? result + [carry] : result
    }

    private static func unshifted(_ limbs: [UInt32], by shift: UInt32) -> [UInt32] {
        guard shift > 0 else { return limbs }
        return limbs.indices.map { limbs[$0] >> shift | ($0 + 1 < limbs.count ? limbs[$0 + 1] << (32 - shift) : 0) }
    }

    private static func trimmed(_ limbs: [UInt32]) -> [UInt32] {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }
}
