extension Algebra {
    /// The form of an expression.
    ///
    /// - Throws: `unreadable` where it has no value, or is no single one.
    mutating func form(of node: MathNode) throws(MathFault) -> Form {
        try spend(1)
        switch node {
        case .number(let number): return Form(try bounded(number.value))
        case .letter(let name): return Self.constants[name] ?? Form(.variable(name))
        case .negative(let inner): return -(try form(of: inner))
        case .sum(let terms):
            var sum = Form.zero
            for term in terms { sum = try self.sum(sum, try form(of: term)) }
            return sum
        case .product(let factors, _):
            var product = Form.one
            for factor in factors { product = try self.product(product, try form(of: factor)) }
            return product
        case .quotient(let top, let bottom): return try quotient(try form(of: top), try form(of: bottom))
        case .power(let base, let exponent): return try power(try form(of: base), try form(of: exponent))
        case .root(let degree, let inner): return try root(degree, of: try form(of: inner))
        case .call(let name, let arguments):
            var forms: [Form] = []
            for argument in arguments { forms.append(try form(of: argument)) }
            return try call(name, forms)
        case .measure(let inner, let unit) where unit == .degree:
            return try product(try form(of: inner), Form(Polynomial([Monomial(.pi): Rational(1, 180)])))
        case .measure(let inner, let unit) where unit == .percent:
            return try product(try form(of: inner), Form(Rational(1, 100)))
        case .choice(let name, nil): return Form(.variable(name))
        case .infinity, .measure, .based, .group, .set, .union, .without, .matrix, .reals, .relation, .list, .ratio, .time, .words, .choice:
            throw .unreadable
        }
    }

    private static let constants: [String: Form] = ["pi": Form(.pi), "e": Form(.e), "i": Form(.i)]

    private mutating func call(_ name: String, _ arguments: [Form]) throws(MathFault) -> Form {
        guard let first = arguments.first else { throw .unreadable }
        switch (name, arguments.count) {
        case ("sin", 1): return try sine(of: first)
        case ("cos", 1): return try cosine(of: first)
        case ("tan", 1): return try quotient(try sine(of: first), try cosine(of: first))
        case ("cot", 1): return try quotient(try cosine(of: first), try sine(of: first))
        case ("sec", 1): return try quotient(.one, try cosine(of: first))
        case ("csc", 1): return try quotient(.one, try sine(of: first))
        case ("arcsin", 1), ("arccos", 1), ("arctan", 1): return try inverse(name, of: first)
        case ("exp", 1): return try power(Form(.e), first)
        case ("ln", 1): return try logarithm(of: first)
        // Without a base it is the decimal logarithm, as in school; it equals a natural one nowhere.
        case ("log", 1): return try quotient(try logarithm(of: first), try logarithm(of: Form(Rational(10))))
        case ("log", 2): return try quotient(try logarithm(of: first), try logarithm(of: arguments[1]))
        case ("factorial", 1): return try factorial(first)
        case ("binomial", 2): return try binomial(first, arguments[1])
        case ("abs", 1): return try magnitude(first)
        case ("floor", 1), ("ceiling", 1): return try rounded(first, up: name == "ceiling")
        default: throw .unreadable
        }
    }

    private mutating func factorial(_ form: Form) throws(MathFault) -> Form {
        guard let number = form.rational else { return Form(.function("factorial", [form])) }
        guard let size = number.int, size >= 0 else { throw .unreadable }
        guard size <= 1_000 else { throw .tooLarge }
        var product = Rational.one
        for factor in stride(from: 2, through: size, by: 1) { product = try bounded(product * Rational(factor)) }
        try spend(size)
        return Form(product)
    }

    private mutating func binomial(_ form: Form, _ part: Form) throws(MathFault) -> Form {
        guard let top = form.rational?.int, let bottom = part.rational?.int, top >= 0 else {
            return Form(.function("binomial", [form, part]))
        }
        guard 0...max(top, 0) ~= bottom else { return .zero }
        guard top <= 1_000 else { throw .tooLarge }
        var result = Rational.one
        for step in stride(from: 0, to: min(bottom, top - bottom), by: 1) {
            result = try bounded(result * Rational(top - step, step + 1))
        }
        try spend(top)
        return Form(result)
    }

    private func magnitude(_ form: Form) throws(MathFault) -> Form {
        if let number = form.rational { return Form(number.magnitude) }
        if let value = form.approximate {
            guard abs(value) > 1e-9 else { throw .unreadable }
            return value < 0 ? -form : form
        }
        return Form(.function("abs", [form.text.hasPrefix("-") ? -form : form]))
    }

    private func rounded(_ form: Form, up: Bool) throws(MathFault) -> Form {
        if let number = form.rational { return Form(Rational(up ? -(-number).floor : number.floor)) }
        guard let value = form.approximate else { return Form(.function(up ? "ceiling" : "floor", [form])) }
        let (low, nearest) = (value.rounded(.down), value.rounded())
        guard abs(value) < 1e9, abs(value - nearest) > 1e-6 else { throw .unreadable }
        return Form(Rational(Int(low) + (up ? 1 : 0)))
    }
}
