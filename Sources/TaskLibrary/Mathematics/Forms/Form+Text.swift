extension Form {
    /// The form in letters, the same for equal sums in any order; for records, votes and the order of terms.
    var text: String {
        if denominator == .one { return numerator.text }
        return "\(numerator.textAsFactor)/(\(denominator.text))"
    }
}

extension Polynomial {
    /// The terms in the order of their text, numbers last.
    var text: String {
        if terms.isEmpty { return "0" }
        let parts = terms.map { (name: $0.key.text, coefficient: $0.value) }.sorted { first, second in
            first.name.isEmpty != second.name.isEmpty ? second.name.isEmpty : first.name < second.name
        }
        var text = ""
        for (name, coefficient) in parts {
            let size = coefficient.magnitude
            let part = name.isEmpty ? size.text : size == .one ? name : "\(size.text)*\(name)"
            text += coefficient.isNegative ? (text.isEmpty ? "-" : " - ") + part : (text.isEmpty ? "" : " + ") + part
        }
        return text
    }

    fileprivate var textAsFactor: String { terms.count == 1 ? text : "(\(text))" }
}

extension Monomial {
    fileprivate var text: String {
        exponents.map { atom, exponent in
            exponent == .one ? atom.text : "\(atom.textAsBase)^" + (exponent.int.map { "\($0)" } ?? "(\(exponent.text))")
        }.sorted().joined(separator: "*")
    }
}

extension Atom {
    fileprivate var text: String {
        switch self {
        case .variable(let name): name
        case .pi: "pi"
        case .e: "e"
        case .i: "i"
        case .prime(let base): base.decimal
        case .logarithm(let base): "ln(\(base.decimal))"
        case .power(let base, let exponent): "\(base.textAsBase)^(\(exponent.text))"
        case .radical(let polynomial): "(\(polynomial.text))"
        case .sine(let form): "sin(\(form.text))"
        case .cosine(let form): "cos(\(form.text))"
        case .function(let name, let forms): "\(name)(\(forms.map(\.text).joined(separator: ", ")))"
        }
    }

    fileprivate var textAsBase: String { if case .power = self { "(\(text))" } else { text } }
}
