/// A union of intervals of the real line, in order and apart from each other.
struct Region: Hashable, Sendable {
    private(set) var intervals: [Interval]

    /// An interval; an end is nil where there is none, and then open.
    struct Interval: Hashable, Sendable {
        var low: Form?
        var high: Form?
        var lowIsClosed: Bool
        var highIsClosed: Bool
    }

    /// The real line.
    static let reals = Region(intervals: [Interval(low: nil, high: nil, lowIsClosed: false, highIsClosed: false)])

    private init(intervals: [Interval]) { self.intervals = intervals }

    /// The union of intervals.
    ///
    /// - Throws: `unreadable` where ends cannot be ordered, or an interval has no number in it.
    init(union parts: [Interval], algebra: inout Algebra) throws(MathFault) {
        var placed: [(start: Double, interval: Interval)] = []
        for part in parts {
            let (start, end) = (try Self.place(part.low, -.infinity), try Self.place(part.high, .infinity))
            let isPoint = part.low != nil && part.low == part.high
            // Ends that floating-point numbers hardly tell apart have no order.
            let isLong = start.isInfinite || end.isInfinite ? start < end : end - start > 1e-12 * max(1, abs(start))
            guard isPoint ? part.lowIsClosed && part.highIsClosed : isLong else { throw .unreadable }
            placed.append((start, part))
        }
        placed.sort { first, second in
            if first.start != second.start { return first.start < second.start }
            return first.interval.lowIsClosed && !second.interval.lowIsClosed
        }
        intervals = []
        for (_, next) in placed {
            guard let last = intervals.last else {
                intervals.append(next)
                continue
            }
            if try Self.areApart(last, next, algebra: &algebra) {
                intervals.append(next)
            } else {
                intervals[intervals.count - 1] = try Self.joined(last, next, algebra: &algebra)
            }
        }
    }

    /// The real line without some numbers.
    init(without points: [Form], algebra: inout Algebra) throws(MathFault) {
        var ordered: [(place: Double, point: Form)] = []
        for point in points { ordered.append((try Self.place(point, 0), point)) }
        ordered.sort { $0.place < $1.place }
        var (parts, start): ([Interval], Form?) = ([], nil)
        for (_, point) in ordered {
            parts.append(Interval(low: start, high: point, lowIsClosed: false, highIsClosed: false))
            start = point
        }
        parts.append(Interval(low: start, high: nil, lowIsClosed: false, highIsClosed: false))
        try self.init(union: parts, algebra: &algebra)
    }

    /// Whether both are the same numbers.
    func equals(_ other: Region, algebra: inout Algebra) throws(MathFault) -> Bool {
        guard intervals.count == other.intervals.count else { return false }
        for (one, two) in zip(intervals, other.intervals) {
            guard one.lowIsClosed == two.lowIsClosed, one.highIsClosed == two.highIsClosed,
                try Self.areSame(one.low, two.low, algebra: &algebra), try Self.areSame(one.high, two.high, algebra: &algebra)
            else { return false }
        }
        return true
    }

    private static func areSame(_ one: Form?, _ two: Form?, algebra: inout Algebra) throws(MathFault) -> Bool {
        guard let one, let two else { return one == nil && two == nil }
        return try algebra.areEqual(one, two)
    }

    /// Where an end lies.
    private static func place(_ end: Form?, _ none: Double) throws(MathFault) -> Double {
        guard let end else { return none }
        guard let place = end.approximate else { throw .unreadable }
        return place
    }

    /// Whether there is a gap before the second, which does not begin below the first.
    private static func areApart(_ first: Interval, _ second: Interval, algebra: inout Algebra) throws(MathFault) -> Bool {
        guard let end = first.high, let start = second.low else { return false }
        if try algebra.areEqual(end, start) { return !first.highIsClosed && !second.lowIsClosed }
        return try place(end, 0) < place(start, 0)
    }

    private static func joined(_ first: Interval, _ second: Interval, algebra: inout Algebra) throws(MathFault) -> Interval {
        var result = first
        if let low = first.low, let other = second.low, try algebra.areEqual(low, other) {
            result.lowIsClosed = first.lowIsClosed || second.lowIsClosed
        }
        guard let high = first.high, let other = second.high else {
            (result.high, result.highIsClosed) = (nil, false)
            return result
        }
        if try algebra.areEqual(high, other) {
            result.highIsClosed = first.highIsClosed || second.highIsClosed
        } else if try place(high, 0) < place(other, 0) {
            (result.high, result.highIsClosed) = (other, second.highIsClosed)
        }
        return result
    }
}
