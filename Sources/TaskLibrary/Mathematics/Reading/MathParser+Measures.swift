extension MathParser {
    /// An expression with its unit, money, percent, degrees, a ratio or a time.
    mutating func measured() throws(MathFault) -> MathNode {
        let isNegative = isAt("-") && ahead(1).map { Self.currencies.keys.contains($0.text) } == true
        if isNegative { position += 1 }
        if case .mark(let name)? = token?.kind, let currency = Self.currencies[name] {
            position += 1
            let (amount, unit) = (try sum(), try self.unit())
            let node = MathNode.measure(amount, (MathUnit(word: currency) ?? .none).times(unit, power: 1))
            return isNegative ? .negative(node) : node
        }
        let value = try sum()
        if isAt(":") { return try ratio(value) }
        if isDegreeSign { return try degrees(value) }
        if isAt("^") && isOrdinal {
            position += isAtBraceAfterMark ? 4 : 2
            return .measure(value, MathUnit(base: "ordinal"))
        }
        if take("%") { return .measure(value, .percent) }
        if isAt("dollar") {
            position += 1
            return .measure(value, MathUnit(word: "dollar") ?? .none)
        }
        let start = position
        let unit = try self.unit()
        return position == start ? value : .measure(value, unit)
    }

    private var isAtBraceAfterMark: Bool { ahead(1)?.isMark("{") == true }

    private static let currencies = ["dollar": "dollar", "euro": "euro", "pound": "gbp", "yen": "yen"]

    /// Words that name a unit, with their powers and what they are divided by.
    private mutating func unit() throws(MathFault) -> MathUnit {
        var (unit, sign, isFirst) = (MathUnit.none, 1, true)
        while let token {
            if !isFirst && (take("/") || take("*")) {
                if token.isMark("/") { sign = -1 }
                guard self.token?.word != nil else { throw .unreadable }
                continue
            }
            guard let word = token.word else { break }
            position += 1
            if word == "th" && isFirst { return MathUnit(base: "ordinal") }
            if word == "am" || word == "pm" { throw .unreadable }
            if word == "per" || word == "an" && !isFirst {
                sign = -1
                continue
            }
            if word == "of" && !isFirst { continue }
            var power = try power(before: word)
            guard let base = MathUnit(word: power == 1 ? word : tokens[position - 1].word ?? word) else { throw .unreadable }
            if isAt("^"), ahead(1)?.number != nil || ahead(1)?.isMark("{") == true {
                position += 1
                guard case .number(let number) = try exponent(), let size = number.value.int, 1...4 ~= size, power == 1 else {
                    throw .unreadable
                }
                power = size
            } else if let next = self.token?.word, power == 1, next == "squared" || next == "cubed" {
                position += 1
                power = next == "squared" ? 2 : 3
            }
            unit = unit.times(base, power: power * sign)
            isFirst = false
        }
        return unit
    }

    /// The power that `square` and `cubic` give to the next word, over which this steps.
    private mutating func power(before word: String) throws(MathFault) -> Int {
        guard let power = ["square": 2, "sq": 2, "cubic": 3, "cu": 3][word] else { return 1 }
        guard token?.word != nil else { throw .unreadable }
        position += 1
        return power
    }

    /// Parts of a ratio; or hour and minute, where two digits follow.
    private mutating func ratio(_ first: MathNode) throws(MathFault) -> MathNode {
        var parts = [first]
        while take(":") {
            guard parts.count < 8 else { throw .tooLarge }
            parts.append(try sum())
        }
        let half = ["am", "pm"].contains(token?.word ?? "") ? token?.word : nil
        if half != nil { position += 1 }
        if parts.count == 2, case .number(let hour) = parts[0], case .number(let minute) = parts[1], minute.digits?.count == 2,
            let hours = hour.value.int, let minutes = minute.value.int, hour.digits != nil, hours < 24, minutes < 60
        {
            return .time(hours, minutes, half: half)
        }
        guard half == nil else { throw .unreadable }
        return .ratio(parts)
    }
}
