/// Makes values of what was parsed.
struct MathReader {
    var algebra = Algebra()

    /// The value of an answer.
    ///
    /// - Throws: `unreadable` where it is none, or contradicts itself.
    mutating func value(of node: MathNode) throws(MathFault) -> MathValue {
        switch node {
        case .words(let words): return .words(words)
        case .choice(let letter, let rest):
            guard let rest else { return .choice(letter, nil) }
            return .choice(letter, try value(of: rest))
        case .infinity: return .words("∞")
        case .negative(.infinity): return .words("-∞")
        case .based(let digits, let base): return .based(digits, base)
        case .time(let hour, let minute, let half): return .time(hour, minute, half: half)
        case .ratio(let parts):
            var forms: [Form] = []
            for part in parts { forms.append(try algebra.form(of: part)) }
            return .ratio(forms)
        case .group(let elements, let open, let close): return .tuple(try values(of: elements), open: open, close: close)
        case .set(let elements): return .set(try values(of: elements))
        case .reals: return .region(.reals)
        case .union(let parts): return try union(parts)
        case .without(let whole, let part): return try difference(whole, part)
        case .matrix(let rows):
            var forms: [[Form]] = []
            for row in rows {
                var line: [Form] = []
                for entry in row { line.append(try algebra.form(of: entry)) }
                forms.append(line)
            }
            return .matrix(forms)
        case .relation(let sides, let relations): return try relation(sides, relations)
        case .list(let elements, let hasOr): return try list(elements, hasOr: hasOr)
        default: return .number(try number(node))
        }
    }

    mutating func values(of nodes: [MathNode]) throws(MathFault) -> [MathValue] {
        var values: [MathValue] = []
        for node in nodes { values.append(try value(of: node)) }
        return values
    }

    /// A number or expression with its unit; words such as `million` go into the number.
    mutating func number(_ node: MathNode) throws(MathFault) -> MathNumber {
        switch node {
        case .negative(.measure(let inner, let unit)):
            var result = try number(.measure(inner, unit))
            result.form = -result.form
            return result
        case .measure(let inner, let unit):
            var result = MathNumber(form: try algebra.form(of: inner), unit: unit, writing: MathNumber.Writing(of: inner))
            if unit.powers.isEmpty {
                result.form = try algebra.product(result.form, Form(unit.factor))
                result.unit = .none
            }
            return result
        default: return MathNumber(form: try algebra.form(of: node), writing: MathNumber.Writing(of: node))
        }
    }

    // MARK: Sets

    private mutating func union(_ parts: [MathNode]) throws(MathFault) -> MathValue {
        var (intervals, elements): ([Region.Interval], [MathValue]) = ([], [])
        for part in parts {
            switch try value(of: part) {
            case .set(let members):
                elements += members
                for case .number(let number) in members {
                    intervals.append(Region.Interval(low: number.form, high: number.form, lowIsClosed: true, highIsClosed: true))
                }
            case let other: intervals += try region(other).intervals
            }
        }
        if intervals.count == elements.count { return .set(elements) }
        return .region(try Region(union: intervals, algebra: &algebra))
    }

    private mutating func difference(_ whole: MathNode, _ part: MathNode) throws(MathFault) -> MathValue {
        guard try value(of: whole) == .region(.reals), case .set(let elements) = try value(of: part), !elements.isEmpty else {
            throw .unreadable
        }
        return .region(try Region(without: try points(elements), algebra: &algebra))
    }

    private func points(_ elements: [MathValue]) throws(MathFault) -> [Form] {
        var points: [Form] = []
        for element in elements {
            guard case .number(let number) = element else { throw .unreadable }
            points.append(number.form)
        }
        return points
    }

    /// The interval that a pair between brackets is.
    mutating func region(_ value: MathValue) throws(MathFault) -> Region {
        switch value {
        case .region(let region): return region
        case .tuple(let ends, let open, let close):
            guard ends.count == 2, "([".contains(open) else { throw .unreadable }
            let interval = Region.Interval(
                low: try end(ends[0], none: "-∞"), high: try end(ends[1], none: "∞"), lowIsClosed: open == "[", highIsClosed: close == "]")
            guard interval.low != nil || open == "(", interval.high != nil || close == ")" else { throw .unreadable }
            return try Region(union: [interval], algebra: &algebra)
        default: throw .unreadable
        }
    }

    private func end(_ value: MathValue, none: String) throws(MathFault) -> Form? {
        if value == .words(none) { return nil }
        guard case .number(let number) = value, number.unit == .none else { throw .unreadable }
        return number.form
    }
}
