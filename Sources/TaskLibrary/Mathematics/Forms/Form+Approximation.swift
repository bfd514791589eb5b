import Foundation

extension Form {
    /// A floating-point number near a real constant; nil for what has letters, is imaginary or is out of range.
    var approximate: Double? {
        guard let top = numerator.approximate, let bottom = denominator.approximate, bottom != 0 else { return nil }
        let value = top / bottom
        return value.isFinite ? value : nil
    }
}

extension Polynomial {
    /// The sum of the terms from small to large, whatever order a dictionary gives them.
    fileprivate var approximate: Double? {
        var parts: [Double] = []
        for (monomial, coefficient) in terms {
            guard let value = monomial.approximate else { return nil }
            parts.append(coefficient.approximate * value)
        }
        return parts.sorted { abs($0) < abs($1) || abs($0) == abs($1) && $0 < $1 }.reduce(0, +)
    }
}

extension Monomial {
    fileprivate var approximate: Double? {
        var factors: [Double] = []
        for (atom, exponent) in exponents {
            guard let value = atom.approximate else { return nil }
            if value < 0 && !exponent.isWhole { return nil }
            factors.append(pow(value, exponent.approximate))
        }
        return factors.sorted().reduce(1, *)
    }
}

extension Atom {
    fileprivate var approximate: Double? {
        switch self {
        case .variable, .i: return nil
        case .pi: return .pi
        case .e: return exp(1)
        case .prime(let base): return base.approximate
        case .logarithm(let base): return log(base.approximate)
        case .power(let base, let exponent):
            guard let value = base.approximate, let times = exponent.approximate else { return nil }
            return pow(value, times)
        case .radical(let polynomial): return polynomial.approximate
        case .sine(let form): return form.approximate.map { sin($0) }
        case .cosine(let form): return form.approximate.map { cos($0) }
        case .function(let name, let forms): return Self.value(of: name, forms.map(\.approximate))
        }
    }

    private static func value(of name: String, _ arguments: [Double?]) -> Double? {
        guard let first = arguments.first, let value = first else { return nil }
        switch name {
        case "ln": return log(value)
        case "arcsin": return asin(value)
        case "arccos": return acos(value)
        case "arctan": return atan(value)
        case "abs": return abs(value)
        default: return nil
        }
    }
}
