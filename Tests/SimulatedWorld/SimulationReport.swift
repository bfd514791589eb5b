/// What came of one simulated history.
package struct SimulationReport: Sendable {
    package let seed: UInt64
    /// What is wrong; empty where all laws held.
    package internal(set) var violations: [String] = []
    /// Every step of every life: the same for each replay of the seed.
    package internal(set) var log: [String] = []
    /// How much happened.
    package internal(set) var counts = SimulationCounts()
}

/// How much happened in some histories.
package struct SimulationCounts: Sendable, Hashable {
    package internal(set) var histories = 0
    /// Processes that were begun, those of undisturbed runs left out.
    package internal(set) var lives = 0
    package internal(set) var steps = 0
    package internal(set) var kills = 0
    package internal(set) var powerLosses = 0
    /// Lives that ended with a typed error.
    package internal(set) var errors = 0
    /// Lives that went on with a run that an earlier one had begun.
    package internal(set) var resumes = 0
    package internal(set) var childDeaths = 0
    package internal(set) var retriedVerifiers = 0
    package internal(set) var clockSkips = 0
    package internal(set) var acknowledgements = 0
    package internal(set) var promotions = 0
    /// Faults by step and kind.
    package internal(set) var faults: [String: Int] = [:]

    package init() {}

    package mutating func add(_ other: SimulationCounts) {
        histories += other.histories
        lives += other.lives
        steps += other.steps
        kills += other.kills
        powerLosses += other.powerLosses
        errors += other.errors
        resumes += other.resumes
        childDeaths += other.childDeaths
        retriedVerifiers += other.retriedVerifiers
        clockSkips += other.clockSkips
        acknowledgements += other.acknowledgements
        promotions += other.promotions
        faults.merge(other.faults, uniquingKeysWith: +)
    }

    /// A table for people.
    package var description: String {
        let rows: [(String, Int)] = [
            ("histories", histories), ("lives", lives), ("resumes", resumes), ("disk steps", steps), ("processes killed", kills),
            ("losses of power", powerLosses), ("lives ended by an error", errors), ("deaths of the model's process", childDeaths),
            ("verifiers started again", retriedVerifiers), ("clock skips", clockSkips), ("acknowledgements", acknowledgements),
            ("promotions", promotions), ("disk faults", faults.values.reduce(0, +)),
        ]
        let kinds = faults.sorted { $0.key < $1.key }.map { ("  " + $0.key, $0.value) }
        return (rows + kinds).map { name, count in
            name + String(repeating: " ", count: max(1, 45 - name.count)) + "\(count)"
        }.joined(separator: "\n")
    }
}
