extension MathParser {
    /// Terms with their signs.
    mutating func sum() throws(MathFault) -> MathNode {
        var terms: [MathNode] = []
        var isNegative = try sign()
        while true {
            guard terms.count < Algebra.mostTerms else { throw .tooLarge }
            let term = try product()
            terms.append(isNegative ? .negative(term) : term)
            if isAt("+") || isAt("-") || isAt("pm") || isAt("mp") { isNegative = try sign() } else { break }
        }
        return terms.count == 1 ? terms[0] : .sum(terms)
    }

    /// The signs at a place, at most two; whether together they negate.
    private mutating func sign() throws(MathFault) -> Bool {
        var (isNegative, count) = (false, 0)
        while let token, case .mark(let name) = token.kind, ["+", "-", "pm", "mp"].contains(name) {
            position += 1
            count += 1
            switch name {
            case "-": isNegative.toggle()
            case "pm", "mp":
                hasAlternatives = true
                if takesMinus == (name == "pm") { isNegative.toggle() }
            default: break
            }
        }
        guard count <= 2 else { throw .unreadable }
        return isNegative
    }

    /// Factors and divisors from left to right.
    mutating func product() throws(MathFault) -> MathNode {
        var (factors, signs, divisions) = ([try factor()], 0, 0)
        while let token {
            guard factors.count < 256 else { throw .tooLarge }
            if take("*") {
                signs += 1
                factors.append(try signedFactor())
            } else if take("/") {
                // Quotients of quotients lie in each other.
                guard divisions < 8 else { throw .tooLarge }
                divisions += 1
                let divisor = try signedFactor()
                // 1/2x may be a half of x, or one by 2x.
                if let next = self.token, startsFactor(next), !next.isApart { throw .unreadable }
                factors = [.quotient(Self.product(factors, signs: signs), divisor)]
                signs = 0
            } else if startsFactor(token) {
                if token.number != nil, !isEndOfMixed(factors) { throw .unreadable }
                let start = position
                let next = try factor()
                if let mixed = try Self.mixed(factors.last, next) {
                    factors[factors.count - 1] = mixed
                } else if tokens[start].number != nil {
                    throw .unreadable
                } else {
                    factors.append(next)
                }
            } else {
                break
            }
        }
        return Self.product(factors, signs: signs)
    }

    private static func product(_ factors: [MathNode], signs: Int) -> MathNode {
        factors.count == 1 ? factors[0] : .product(factors, signs: signs)
    }

    private mutating func signedFactor() throws(MathFault) -> MathNode {
        if take("-") { return .negative(try factor()) }
        _ = take("+")
        return try factor()
    }

    /// Whether `2 1/2` goes on here: a whole number, then a fraction of whole numbers with a slash.
    private func isEndOfMixed(_ factors: [MathNode]) -> Bool {
        guard case .number(let whole)? = factors.last, whole.digits != nil, factors.count == 1 else { return false }
        return token?.isApart == true && ahead(1)?.isMark("/") == true && ahead(2)?.number?.digits != nil
    }

    /// The sum of a whole number and a fraction below one, written side by side; nil where they are something else.
    ///
    /// A fraction above one is refused: it could be meant as a factor.
    private static func mixed(_ whole: MathNode?, _ fraction: MathNode) throws(MathFault) -> MathNode? {
        guard case .number(let whole)? = whole, whole.digits != nil, case .quotient(let top, let bottom) = fraction,
            case .number(let numerator) = top, case .number(let denominator) = bottom, numerator.digits != nil, denominator.digits != nil
        else { return nil }
        guard numerator.value < denominator.value, !numerator.value.isZero else { throw .unreadable }
        return .number(WrittenNumber(whole.value + numerator.value / denominator.value))
    }

    /// Whether a token begins a factor that needs no sign of multiplication.
    private func startsFactor(_ token: MathToken) -> Bool {
        switch token.kind {
        case .number, .letter: return true
        case .word: return false
        case .mark(let name):
            if name == "|" { return bars == 0 }
            return ["(", "[", "{", "frac", "sqrt", "cbrt", "binom", "lfloor", "lceil", "abs"].contains(name)
                || MathFunction.names.contains(name)
        }
    }

    /// A number right after a whole number reads as `1/2` of a mixed number.
    mutating func slashFraction() throws(MathFault) -> MathNode? {
        guard let top = token?.number, top.digits != nil, ahead(1)?.isMark("/") == true, let bottom = ahead(2)?.number, bottom.digits != nil
        else { return nil }
        position += 3
        return .quotient(.number(top), .number(bottom))
    }
}
