/// Text that comes in pieces, given out up to where a stop string ends it.
///
/// What could be the beginning of a stop string is kept back until it is decided. Texts are compared byte by byte.
public struct StopScanner: Sendable {
    private let stops: [[UInt8]]
    private var kept: [UInt8] = []
    /// Whether a stop string has come; nothing is given out after that.
    public private(set) var hasStopped = false

    /// A scanner for stop strings, none of them empty: the first to be complete ends the text.
    public init(_ stops: [String]) {
        precondition(stops.allSatisfy { !$0.isEmpty }, "an empty stop string")
        self.stops = stops.map { Array($0.utf8) }
    }

    /// Takes a piece of text in, and gives out what is certain: that no stop string begins in it.
    public mutating func append(_ piece: String) -> String {
        guard !hasStopped else { return "" }
        guard !stops.isEmpty else { return piece }
        kept += piece.utf8
        if let found = firstStop {
            hasStopped = true
            defer { kept = [] }
            return String(decoding: kept[..<found], as: UTF8.self)
        }
        let open = kept.indices.first { start in stops.contains { $0.starts(with: kept[start...]) } } ?? kept.endIndex
        defer { kept.removeFirst(open) }
        return String(decoding: kept[..<open], as: UTF8.self)
    }

    /// Where the stop string begins that is complete first; of several that end there the longest, so that pieces do not matter.
    private var firstStop: Int? {
        var first: (end: Int, start: Int)?
        for start in kept.indices {
            for stop in stops where kept[start...].starts(with: stop) {
                let found = (end: start + stop.count, start: start)
                if first.map({ found < $0 }) ?? true { first = found }
            }
        }
        return first?.start
    }

    /// The rest, once no more comes.
    public mutating func finish() -> String {
        defer { kept = [] }
        return String(decoding: kept, as: UTF8.self)
    }
}
