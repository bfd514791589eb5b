extension MathValue {
    /// The value in letters, the same for equal values wherever forms are the same.
    var text: String {
        switch self {
        case .number(let number): number.text
        case .tuple(let elements, let open, let close): "\(open)\(Self.joined(elements.map(\.text)))\(close)"
        case .set(let elements): "{\(Self.joined(Set(elements.map(\.text)).sorted()))}"
        case .list(let elements):
            Self.joined(elements.contains(where: \.isVerbal) ? elements.map(\.text) : elements.map(\.text).sorted())
        case .region(let region): region.text
        case .matrix(let rows):
            "\\begin{pmatrix}" + rows.map { $0.map(\.text).joined(separator: " & ") }.joined(separator: " \\\\ ") + "\\end{pmatrix}"
        case .named(let name, let value): (name.contains(",") && !name.contains("(") ? "(\(name))" : name) + " = \(value.text)"
        case .equation(let form): "\(form.text) = 0"
        case .inequality(let form, let isStrict): "\(form.text) \(isStrict ? ">" : "≥") 0"
        case .about(let exact, _): exact.text
        case .based(let digits, let base): "\(digits)_\(base)"
        case .ratio(let parts): parts.map(\.text).joined(separator: ":")
        case .time(let hour, let minute, let half): "\(hour):\(minute < 10 ? "0" : "")\(minute)" + (half.map { " \($0)" } ?? "")
        case .words(let words): words
        case .choice(let letter, _): letter
        }
    }

    private static func joined(_ texts: [String]) -> String { texts.joined(separator: ", ") }
}

extension MathNumber {
    var text: String {
        let units = unit.powers.sorted { $0.key < $1.key }.map { $0.value == 1 ? $0.key : "\($0.key)^\($0.value)" }
        guard !units.isEmpty else { return form.text }
        let scaled =
            form.rational.map { ($0 * unit.factor).text } ?? (unit.factor == .one ? form.text : "\(unit.factor.text)*(\(form.text))")
        return ([scaled] + units).joined(separator: " ")
    }
}

extension Region {
    var text: String {
        let parts = intervals.map { interval in
            let (low, high) = (interval.low?.text ?? "-∞", interval.high?.text ?? "∞")
            return "\(interval.lowIsClosed ? "[" : "(")\(low), \(high)\(interval.highIsClosed ? "]" : ")")"
        }
        return parts.isEmpty ? "{}" : parts.joined(separator: " ∪ ")
    }
}
