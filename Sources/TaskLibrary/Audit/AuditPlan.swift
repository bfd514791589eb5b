import Autodidact
import Randomness

/// How labelled responses to a family's problems are made, so that each label holds by construction and not by asking the verifier.
struct AuditPlan<Reference: Sendable>: Sendable {
    /// Makes one response to the problem of a reference.
    typealias Maker = @Sendable (Reference, inout KeyedGenerator) -> String

    /// Each gives a correct response.
    let right: [Maker]
    /// Each gives an honest mistake.
    let wrong: [Maker]
    /// Each gives a wrong response that is made to look right.
    let adversarial: [Maker]

    /// Items of all kinds in turn, over all levels, the makers of each kind in turn.
    func items(
        count: Int, of family: some ProceduralFamily, reading: (Problem) -> Reference?, using generator: inout KeyedGenerator
    ) -> [AuditItem] {
        let levels = family.card.levels.map(\.number)
        var items: [AuditItem] = []
        items.reserveCapacity(count)
        while items.count < count {
            let problem = family.problem(level: levels[generator.index(below: levels.count)], using: &generator)
            guard let reference = reading(problem) else { preconditionFailure("\(problem.reference) cannot be read back") }
            let (turn, phase) = items.count.quotientAndRemainder(dividingBy: AuditItem.Kind.allCases.count)
            let kind = AuditItem.Kind.allCases[phase]
            let makers = self.makers(of: kind)
            let response = makers[turn % makers.count](reference, &generator)
            items.append(AuditItem(problem: problem, response: response, kind: kind))
        }
        return items
    }

    private func makers(of kind: AuditItem.Kind) -> [Maker] {
        switch kind {
        case .right: right
        case .wrong: wrong
        case .adversarial: adversarial
        }
    }
}
