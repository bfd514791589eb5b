extension Algebra {
    /// The sine, exact for multiples of 15° and 18°, and expanded for small whole multiples of one term.
    mutating func sine(of argument: Form) throws(MathFault) -> Form { try circular(argument).sine }

    /// The cosine, likewise.
    mutating func cosine(of argument: Form) throws(MathFault) -> Form { try circular(argument).cosine }

    private static let largestMultiple = 6

    private mutating func circular(_ argument: Form) throws(MathFault) -> (sine: Form, cosine: Form) {
        if argument.isZero { return (.zero, .one) }
        guard let (monomial, coefficient) = argument.polynomial?.single else {
            return (Form(.sine(argument)), Form(.cosine(argument)))
        }
        if monomial == Monomial(.pi) { return try circular(halfTurns: coefficient) }
        // Odd and even: the sign comes out, and a small whole factor is expanded.
        let size = coefficient.magnitude
        guard let times = size.numerator.int, times <= Self.largestMultiple else {
            let inner = Form(Polynomial([monomial: size]))
            let sine = Form(.sine(inner))
            return (coefficient.isNegative ? -sine : sine, Form(.cosine(inner)))
        }
        let part = Form(Polynomial([monomial: Rational(.one, over: size.denominator)]))
        let (sine, cosine) = (Form(.sine(part)), Form(.cosine(part)))
        var (s, c) = (sine, cosine)
        for _ in 1..<max(times, 1) {
            (s, c) = (
                try sum(try product(s, cosine), try product(c, sine)), try difference(try product(c, cosine), try product(s, sine))
            )
        }
        return (coefficient.isNegative ? -s : s, c)
    }

    /// Sine and cosine of a rational multiple of π, brought into the first eighth of a turn.
    private mutating func circular(halfTurns: Rational) throws(MathFault) -> (sine: Form, cosine: Form) {
        var turn = halfTurns - Rational((halfTurns / Rational(2)).floor) * Rational(2)
        var (sineIsNegative, cosineIsNegative) = (false, false)
        if turn >= .one { (turn, sineIsNegative, cosineIsNegative) = (turn - .one, true, true) }
        if turn > Rational(1, 2) { (turn, cosineIsNegative) = (.one - turn, !cosineIsNegative) }
        let isSteep = turn > Rational(1, 4)
        if isSteep { turn = Rational(1, 2) - turn }
        let exact = try exact(halfTurns: turn)
        let angle = Form(Polynomial([Monomial(.pi): turn]))
        let (small, large) = exact ?? (Form(.sine(angle)), Form(.cosine(angle)))
        let (sine, cosine) = isSteep ? (large, small) : (small, large)
        return (sineIsNegative ? -sine : sine, cosineIsNegative ? -cosine : cosine)
    }

    /// Sine and cosine of 0°, 15°, 18°, 30°, 36° and 45°, as parts of a half turn; nil for other angles.
    private mutating func exact(halfTurns: Rational) throws(MathFault) -> (sine: Form, cosine: Form)? {
        func root(_ number: Int, _ algebra: inout Algebra) throws(MathFault) -> Form { try algebra.root(2, of: Form(Rational(number))) }
        let quarter = Form(Rational(1, 4))
        switch halfTurns {
        case .zero: return (.zero, .one)
        case Rational(1, 6): return (Form(Rational(1, 2)), try product(Form(Rational(1, 2)), try root(3, &self)))
        case Rational(1, 4):
            let half = try product(Form(Rational(1, 2)), try root(2, &self))
            return (half, half)
        case Rational(1, 12):
            let (six, two) = (try root(6, &self), try root(2, &self))
            return (try product(quarter, try difference(six, two)), try product(quarter, try sum(six, two)))
        case Rational(1, 10), Rational(1, 5):
            let five = try root(5, &self)
            let isSmall = halfTurns == Rational(1, 10)
            let plain = try product(quarter, isSmall ? try difference(five, .one) : try sum(five, .one))
            let square = try difference(.one, try product(plain, plain))
            let nested = try self.root(2, of: square)
            return isSmall ? (plain, nested) : (nested, plain)
        default: return nil
        }
    }

    /// The angle whose sine, cosine or tangent a number is, where it is one of the exact ones.
    mutating func inverse(_ name: String, of form: Form) throws(MathFault) -> Form {
        for step in -24...24 {
            // Sine and tangent from −90° to 90°, cosine from 0° to 180°.
            let turns = Rational(name == "arccos" ? step + 24 : step, 48)
            guard turns.denominator <= BigInteger(12) else { continue }
            let angle = Form(Polynomial([Monomial(.pi): turns]))
            let (sine, cosine) = try circular(angle)
            if name == "arctan" && cosine.isZero { continue }
            let value = name == "arcsin" ? sine : name == "arccos" ? cosine : try quotient(sine, cosine)
            if try areEqual(value, form) { return angle }
        }
        return Form(.function(name, [form]))
    }
}
