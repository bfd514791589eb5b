extension MathParser {
    /// A function with its exponent or base, and its argument.
    mutating func call(_ function: String) throws(MathFault) -> MathNode {
        position += 1
        var (name, exponent, base): (String, MathNode?, MathNode?) = (function, nil, nil)
        if take("^") {
            let raised = try self.exponent()
            if case .negative(.number(let one)) = raised, one.digits == "1" {
                guard let inverse = MathFunction.inverses[function] else { throw .unreadable }
                name = inverse
            } else {
                guard function != "ln", function != "log", function != "exp" else { throw .unreadable }
                exponent = raised
            }
        }
        if take("_") {
            guard function == "log" else { throw .unreadable }
            base = try self.exponent()
        }
        let argument = try argumentOfCall()
        let value = MathNode.call(name, base.map { [argument, $0] } ?? [argument])
        return exponent.map { .power(value, $0) } ?? value
    }

    /// What stands in brackets, or the numbers, letters, fractions and roots up to the next sign.
    private mutating func argumentOfCall() throws(MathFault) -> MathNode {
        if isAt("(") || isAt("[") {
            let argument = try bracketed(isAt("(") ? "(" : "[")
            if case .group = argument { throw .unreadable }
            // sin (x)y could be either.
            if let token, token.number != nil || token.letter != nil { throw .unreadable }
            return argument
        }
        if isAt("{") { return try group() }
        if isAt("|") { return try bracketed("|") }
        var factors = [try argumentFactor()]
        while let token, token.letter != nil || token.isMark("frac") || token.isMark("sqrt") {
            factors.append(try argumentFactor())
            guard factors.count < 16 else { throw .tooLarge }
        }
        if isAt("(") || isAt("/") && factors.count > 1 { throw .unreadable }
        var argument = factors.count == 1 ? factors[0] : MathNode.product(factors, signs: 0)
        if isAt("/"), ahead(1)?.number != nil, case .letter = argument {
            // As in sin x/2, which has two readings; π/6 has one.
            guard argument == .letter("pi") else { throw .unreadable }
            position += 1
            argument = .quotient(argument, try argumentFactor())
        }
        return isDegreeSign ? try degrees(argument) : argument
    }

    private mutating func argumentFactor() throws(MathFault) -> MathNode {
        guard let token, token.number != nil || token.letter != nil || token.isMark("frac") || token.isMark("sqrt") else {
            throw .unreadable
        }
        return try nested { (parser) throws(MathFault) in try parser.factor() }
    }

    /// Whether a degree sign stands here, raised or not.
    var isDegreeSign: Bool { isAt("°") || isAt("^") && isDegree }

    mutating func degrees(_ node: MathNode) throws(MathFault) -> MathNode {
        if take("^") && take("{") {
            try expect("°")
            try expect("}")
        } else {
            try expect("°")
        }
        return .measure(node, .degree)
    }
}
