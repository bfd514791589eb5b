extension MathReader {
    /// What sides say together with the relations between them.
    mutating func relation(_ sides: [MathNode], _ relations: [Relation]) throws(MathFault) -> MathValue {
        if relations.last == .about { return try about(sides, relations) }
        if relations.allSatisfy({ $0 == .equal }) { return try equality(sides) }
        if let name = name(of: sides[0]), relations == [.element] { return .named(name, try self.value(of: sides[1])) }
        if relations == [.unequal] {
            guard let name = name(of: sides[0]) else { throw .unreadable }
            return .named(name, .region(try Region(without: [try algebra.form(of: sides[1])], algebra: &algebra)))
        }
        return try inequality(sides, relations)
    }

    /// The letter, or function of letters, that a side is; constants are none.
    private func name(of node: MathNode) -> String? {
        switch node {
        case .letter(let name): ["e", "i", "pi"].contains(name) ? nil : name
        case .choice(let name, nil): name
        case .group(let elements, "(", ")"):
            elements.allSatisfy { name(of: $0) != nil } ? elements.compactMap { name(of: $0) }.joined(separator: ",") : nil
        default: nil
        }
    }

    /// An exact value and a decimal that rounds it.
    private mutating func about(_ sides: [MathNode], _ relations: [Relation]) throws(MathFault) -> MathValue {
        let exact = sides.count == 2 ? try value(of: sides[0]) : try relation(sides.dropLast(), relations.dropLast())
        let decimal = try number(sides[sides.count - 1])
        var inner = exact
        if case .named(_, let content) = exact { inner = content }
        // Where the exact side is the name alone, the decimal is all that is said.
        if let name = name(of: sides[0]), sides.count == 2 { return .named(name, .number(decimal)) }
        guard case .number(let number) = inner, let value = number.form.approximate, let size = decimal.form.approximate,
            abs(value - size) <= 0.5001 * MathComparison.unit(places: decimal.writing.places ?? 0)
        else { throw .unreadable }
        return .about(exact, decimal)
    }

    private mutating func equality(_ sides: [MathNode]) throws(MathFault) -> MathValue {
        if let name = name(of: sides[0]) {
            var values: [MathValue] = []
            for side in sides.dropFirst() { values.append(try value(of: side)) }
            let value = try same(values)
            if case .number(let number) = value, number.form.variables.contains(name) {
                return .equation(try algebra.difference(Form(.variable(name)), number.form))
            }
            return .named(name, value)
        }
        var forms: [Form] = []
        for side in sides { forms.append(try algebra.form(of: side)) }
        if forms.allSatisfy(\.isConstant) { return try same(try sides.map { side throws(MathFault) in .number(try number(side)) }) }
        guard forms.count == 2 else { throw .unreadable }
        // 5 = x, with the letter on the other side.
        if let name = name(of: sides[1]), !forms[0].variables.contains(name) { return .named(name, .number(try number(sides[0]))) }
        return .equation(try algebra.difference(forms[0], forms[1]))
    }

    /// The last of values that are all the same; whoever writes others contradicts himself.
    private mutating func same(_ values: [MathValue]) throws(MathFault) -> MathValue {
        for (one, two) in zip(values, values.dropFirst()) where one != two {
            guard case .number(let first) = one, case .number(let second) = two, first.unit == second.unit,
                try algebra.areEqual(first.form, second.form)
            else { throw .unreadable }
        }
        return values[values.count - 1]
    }

    private mutating func inequality(_ sides: [MathNode], _ relations: [Relation]) throws(MathFault) -> MathValue {
        // Written from small to large.
        let isFalling = relations.allSatisfy { $0 == .greater || $0 == .notLess }
        guard isFalling || relations.allSatisfy({ $0 == .less || $0 == .notGreater }) else { throw .unreadable }
        let (sides, relations) = isFalling ? (sides.reversed(), relations.reversed()) : (sides, relations)
        let areClosed = relations.map { $0 == .notGreater || $0 == .notLess }
        if let place = sides.firstIndex(where: { name(of: $0) != nil }), let name = name(of: sides[place]), sides.count - place <= 2,
            place <= 1
        {
            let low = place == 1 ? try algebra.form(of: sides[0]) : nil
            let high = place + 1 < sides.count ? try algebra.form(of: sides[place + 1]) : nil
            if low?.isConstant ?? true && high?.isConstant ?? true {
                let interval = Region.Interval(
                    low: low, high: high, lowIsClosed: low != nil && areClosed[0], highIsClosed: high != nil && areClosed[place])
                return .named(name, .region(try Region(union: [interval], algebra: &algebra)))
            }
        }
        guard sides.count == 2 else { throw .unreadable }
        let form = try algebra.difference(try algebra.form(of: sides[1]), try algebra.form(of: sides[0]))
        return .inequality(form, isStrict: !areClosed[0])
    }
}
