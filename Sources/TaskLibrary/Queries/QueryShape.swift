/// What the text of a query shows without a database.
struct QueryShape: Sendable, Hashable {
    /// Whether its result has an order: an ORDER BY of the query itself, not of a part of it.
    let isOrdered: Bool
    /// An upper bound on the expressions that the query becomes when its parts are written out where they are used.
    ///
    /// SQLite plans by copying: a common table expression is copied for each use, and a column of an inner query is replaced by its
    /// expression. A short text in which each part uses the one before twice therefore takes exponential time before its first step, when
    /// older versions of SQLite ask nobody whether to go on. A part's size is at most its own names times the largest part that it uses,
    /// and the parts in it; infinite where parts lie too deep.
    let size: Double

    /// The largest size of a query that is run.
    static let largest = 5_000_000.0

    private static let mostDepth = 100

    /// The shape of a query.
    init(_ text: String) {
        let tokens = QueryToken.all(of: text)
        var depth = 0
        var isOrdered = false
        for (index, token) in tokens.enumerated() {
            switch token {
            case .open: depth += 1
            case .close: depth -= 1
            default: if depth == 0, token.is("order"), index + 1 < tokens.count, tokens[index + 1].is("by") { isOrdered = true }
            }
        }
        self.isOrdered = isOrdered
        size = QueryParts(tokens, mostDepth: Self.mostDepth)?.size ?? .infinity
    }
}

/// The queries within a query.
private struct QueryParts {
    private struct Part {
        var names: [String] = []
        var inner: [Int] = []
    }

    private var parts = [Part()]
    /// Parts by the names that WITH gives them.
    private var named: [String: [Int]] = [:]

    /// The parts of a text; nil where they lie too deep.
    init?(_ tokens: [QueryToken], mostDepth: Int) {
        // For each open bracket the part that it is in, or begins.
        var open = [0]
        for (index, token) in tokens.enumerated() {
            switch token {
            case .open:
                guard open.count <= mostDepth else { return nil }
                let isQuery = ["select", "with", "values"].contains { index + 1 < tokens.count && tokens[index + 1].is($0) }
                guard isQuery else {
                    open.append(open[open.count - 1])
                    continue
                }
                parts.append(Part())
                let part = parts.count - 1
                parts[open[open.count - 1]].inner.append(part)
                open.append(part)
                if let name = Self.name(before: index, in: tokens) { named[name, default: []].append(part) }
            case .close: if open.count > 1 { open.removeLast() }
            case .word(let word, let isQuoted):
                if isQuoted || !Self.keywords.contains(word) { parts[open[open.count - 1]].names.append(word) }
            case .other(let sign): if sign == "*" { parts[open[open.count - 1]].names.append("*") }
            }
        }
    }

    /// The name in `name [(columns)] AS [[NOT] MATERIALIZED] (` before that bracket; nil where there is none.
    private static func name(before index: Int, in tokens: [QueryToken]) -> String? {
        var place = index - 1
        for keyword in ["materialized", "not"] where place >= 0 && tokens[place].is(keyword) { place -= 1 }
        guard place > 0, tokens[place].is("as") else { return nil }
        place -= 1
        if tokens[place] == .close {
            while place > 0, tokens[place] != .open { place -= 1 }
            place -= 1
        }
        guard place >= 0, case .word(let name, _) = tokens[place] else { return nil }
        return name
    }

    /// The size of the whole.
    var size: Double {
        var sizes = [Double?](repeating: nil, count: parts.count)
        var isUnderWay = [Bool](repeating: false, count: parts.count)
        func size(of part: Int) -> Double {
            if let known = sizes[part] { return known }
            // A part that uses itself is recursive, and is not copied for it.
            if isUnderWay[part] { return 1 }
            isUnderWay[part] = true
            let used = Set(parts[part].names).flatMap { named[$0] ?? [] } + parts[part].inner
            let largest = used.map(size).max() ?? 1
            let result = Double(max(1, parts[part].names.count)) * largest + parts[part].inner.map(size).reduce(0, +)
            isUnderWay[part] = false
            sizes[part] = result
            return result
        }
        return size(of: 0)
    }

    /// Words that name nothing.
    private static let keywords: Set = [
        "select", "from", "where", "group", "by", "having", "order", "limit", "offset", "as", "on", "using", "join", "inner", "left",
        "right", "full", "outer", "cross", "natural", "union", "all", "intersect", "except", "with", "recursive", "values", "distinct",
        "and", "or", "not", "in", "is", "null", "like", "glob", "between", "exists", "case", "when", "then", "else", "end", "asc", "desc",
        "cast", "over", "partition", "window", "materialized", "collate", "nulls", "first", "last", "escape", "filter", "rows", "range",
        "preceding", "following", "unbounded", "current", "row",
    ]
}
