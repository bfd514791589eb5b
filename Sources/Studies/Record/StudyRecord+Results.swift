import Autodidact

extension StudyRecord {
    /// The record of a study whose cells are all there.
    ///
    /// - Throws: `StudyError` where the quantity or a criterion reads what was not measured.
    init(
        _ card: StudyCard, criteria: [StudyCriterion], arms: [StudyArm], results: StudyResults, seeds: Int, scale: StudyScale,
        model: StudyModel, versions: [String: String], command: String
    ) throws(StudyError) {
        slug = card.slug
        title = card.title
        arxiv = card.arxiv
        claim = card.claim
        quantity = card.quantity
        curves = card.curves
        notes = card.notes
        criterion = criteria.text
        var checks: [StudyCheck] = []
        for criterion in criteria { checks.append(try criterion.check(results)) }
        self.checks = checks
        verdict = StudyVerdict(checks)
        var records: [StudyArmRecord] = []
        for arm in arms { records.append(try StudyArmRecord(arm, quantity: card.quantity, results: results)) }
        self.arms = records
        self.seeds = seeds
        draw = card.draw == 0 ? nil : card.draw
        self.scale = scale
        self.model = model
        self.versions = versions
        self.command = command
    }
}

extension StudyArmRecord {
    fileprivate init(_ arm: StudyArm, quantity: StudyQuantity, results: StudyResults) throws(StudyError) {
        guard let cells = results.cells[arm.name] else { throw .noArm(arm.name) }
        let estimate = try results.estimate(quantity.measurement, of: arm.name)
        name = arm.name
        summary = arm.summary
        self.estimate = estimate.value
        low = estimate.low
        high = estimate.high
        problems = cells.map(\.measurements.problems).max() ?? 0
        budget =
            switch arm.budget {
            case .equal: "equal"
            case .own(let reason): "own: \(reason)"
            }
        tokens = cells.map(\.tokens)
        measuredSeconds = cells.map(\.seconds)
        // What some seeds lack has no place in a table over seeds.
        let all = cells.map(\.measurements)
        let names = all.dropFirst().reduce(Set(all.first?.values.keys ?? [:].keys)) { $0.intersection($1.values.keys) }
        measurements = Dictionary(
            uniqueKeysWithValues: names.map { name in
                let values = all.compactMap { $0[name] }
                let estimate = Estimate(overSeeds: values)
                return (name, StudyMeasurement(estimate: estimate.value, low: estimate.low, high: estimate.high, values: values))
            })
        let courses = all.dropFirst().reduce(Set(all.first?.series.keys ?? [:].keys)) { $0.intersection($1.series.keys) }
        series = Dictionary(uniqueKeysWithValues: courses.map { name in (name, all.compactMap { $0.series[name] }) })
        settings = arm.settings
    }
}
