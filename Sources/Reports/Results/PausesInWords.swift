import Autodidact

/// After which generations promotion stayed paused, and by which alarms, neighbours with the same ones as a range; nil where it never did.
///
/// Without a gate nothing is paused, whatever older records say.
func pausesInWords(_ records: [GenerationRecord], isGated: Bool) -> String? {
    guard isGated else { return nil }
    var ranges: [(first: Int, last: Int, alarms: [String])] = []
    for record in records where !record.pauses.isEmpty {
        let alarms = record.pauses.map(\.alarm.name)
        if let range = ranges.last, range.last + 1 == record.number, range.alarms == alarms {
            ranges[ranges.count - 1].last = record.number
        } else {
            ranges.append((record.number, record.number, alarms))
        }
    }
    let words = ranges.map { range in
        "after \(range.first == range.last ? "generation \(range.first)" : "generations \(range.first) to \(range.last)") by "
            + range.alarms.map { "'\($0)'" }.joined(separator: ", ")
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
}
