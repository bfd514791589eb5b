public import Autodidact

/// What all arms of a study measured with all seeds: what criteria read.
public struct StudyResults: Sendable {
    /// The cells of each arm in the order of the seeds.
    let cells: [String: [StudyCell]]

    /// The results of cells; every arm must have the same seeds.
    init(_ cells: [StudyCell]) {
        self.cells = Dictionary(grouping: cells, by: \.arm).mapValues { $0.sorted { $0.seed < $1.seed } }
    }

    /// A figure of an arm, seed by seed.
    ///
    /// - Throws: `StudyError.noArm` or `StudyError.noMeasurement`.
    public func values(_ measurement: String, of arm: String) throws(StudyError) -> [Double] {
        guard let own = cells[arm] else { throw .noArm(arm) }
        let values = own.compactMap { $0.measurements[measurement] }
        guard values.count == own.count else { throw .noMeasurement(measurement, arm: arm) }
        return values
    }

    /// A figure of an arm with its interval over seeds.
    ///
    /// - Throws: As `values(_:of:)`.
    public func estimate(_ measurement: String, of arm: String) throws(StudyError) -> Estimate {
        Estimate(overSeeds: try values(measurement, of: arm))
    }

    /// How much more an arm has of a figure than another, paired by seed.
    ///
    /// - Throws: As `values(_:of:)`.
    public func difference(_ measurement: String, of arm: String, minus other: String) throws(StudyError) -> SeedDifference {
        SeedDifference(try values(measurement, of: arm), minus: try values(measurement, of: other))
    }

    /// A course of an arm, averaged over the seeds, at the steps that all of them have.
    ///
    /// - Throws: `StudyError.noArm` or `StudyError.noMeasurement`.
    public func series(_ name: String, of arm: String) throws(StudyError) -> StudySeries {
        guard let own = cells[arm] else { throw .noArm(arm) }
        let courses = own.compactMap { $0.measurements.series[name] }
        guard courses.count == own.count else { throw .noMeasurement(name, arm: arm) }
        return StudySeries(meanOf: courses)
    }

    /// The tokens an arm sampled for its training, seed by seed.
    ///
    /// - Throws: `StudyError.noArm`.
    public func sampledTokens(of arm: String) throws(StudyError) -> [Int] {
        guard let own = cells[arm] else { throw .noArm(arm) }
        return own.map(\.tokens.sampled)
    }
}

extension StudySeries {
    /// The mean of several courses at the steps that all of them have.
    public init(meanOf courses: [StudySeries]) {
        let common = courses.dropFirst().reduce(Set(courses.first?.steps ?? [])) { $0.intersection($1.steps) }.sorted()
        self.init(
            steps: common,
            values: common.map { step in
                courses.reduce(0) { sum, course in
                    sum + (course.steps.firstIndex(of: step).map { course.values[$0] } ?? 0)
                } / Double(courses.count)
            })
    }
}
