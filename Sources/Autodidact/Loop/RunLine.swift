/// The generations that a run's present state descends from, in order.
///
/// Each generation stands on the line that the one before it ended; a rollback to generation t goes back to the line that ended with t.
/// What was taken back stays in the record but is neither incumbent nor part of the episodes that later generations learn from; nor are the
/// episodes of a generation that failed safety.
public struct RunLine: Sendable, Hashable {
    /// The numbers of the generations on the line, ascending.
    public private(set) var generations: [Int] = []
    /// Those of them whose episodes later ones may learn from: all that are not quarantined.
    public private(set) var lessons: [Int] = []
    /// The generation that made the incumbent; 0 is the base.
    public private(set) var incumbent = 0

    /// The line of a run without generations.
    public init() {}

    /// The line of a committed run.
    ///
    /// Records must be numbered from 1 up without gaps, and each rollback must go back to one of those that it follows.
    public init(_ records: [GenerationRecord], rollbacks: [RunRollback]) {
        self = Self.lines(records, rollbacks: rollbacks).present
    }

    /// The line after each generation as it was committed, index 0 being the base's, and the present one.
    public static func lines(_ records: [GenerationRecord], rollbacks: [RunRollback]) -> (ends: [RunLine], present: RunLine) {
        var ends = [RunLine()]
        var line = RunLine()
        func goBack(after number: Int) {
            for rollback in rollbacks where rollback.after == number {
                precondition((0...number).contains(rollback.to), "a rollback to generation \(rollback.to) after \(number)")
                line = ends[rollback.to]
            }
        }
        goBack(after: 0)
        for record in records {
            line.append(record)
            ends.append(line)
            goBack(after: record.number)
        }
        return (ends, line)
    }

    /// Takes in the next committed generation.
    mutating func append(_ record: GenerationRecord) {
        generations.append(record.number)
        if !record.isQuarantined { lessons.append(record.number) }
        if record.decision.outcome == .promoted { incumbent = record.number }
    }

    /// The generation on the line before the one that made the incumbent; nil where the base is the incumbent.
    public var beforeIncumbent: Int? {
        incumbent == 0 ? nil : generations.last { $0 < incumbent } ?? 0
    }
}
