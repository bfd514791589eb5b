import Autodidact

/// After which generations promotion stayed paused, and by which alarms; nil where it never did.
func pausesInWords(_ records: [GenerationRecord]) -> String? {
    let pauses = records.filter { !$0.pauses.isEmpty }.map { record in
        "after generation \(record.number) by \(record.pauses.map { "'\($0.alarm.name)'" }.joined(separator: ", "))"
    }
    return pauses.isEmpty ? nil : pauses.joined(separator: "; ")
}
