public import Autodidact
public import Randomness

extension ArithmeticFamily {
    /// Labelled responses over all levels: a third right, a third honestly wrong, a third adversarial.
    ///
    /// Labels hold by construction: exactly one text is right, so whatever differs from it by more than one newline at the end is wrong.
    public func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        Self.auditPlan.items(count: count, of: self, reading: { ArithmeticChain($0.reference) }, using: &generator)
    }

    private static let auditPlan = AuditPlan<ArithmeticChain>(
        right: [
            { chain, _ in ResponseText.response(chain.steps) },
            { chain, _ in ResponseText.response(chain.steps) + "\n" },
        ],
        wrong: [
            { chain, generator in chain.slipped(carriedOn: true, using: &generator) },
            { chain, generator in chain.slipped(carriedOn: false, using: &generator) },
            { chain, _ in ResponseText.response(chain.steps.dropLast()) },
            { chain, _ in ResponseText.response(chain.steps.dropFirst()) },
            { chain, _ in chain.productsFirst },
        ],
        adversarial: specialForgeries
            + Forgery.disguises.map { disguise in { chain, _ in disguise(ResponseText.response(chain.steps)) } }
            + [claim, claim, claim, claim]
    )

    private static let specialForgeries: [AuditPlan<ArithmeticChain>.Maker] = [
        { chain, _ in chain.fakedSteps },
        { chain, _ in chain.paddedWithZeros },
        { chain, _ in "\(chain.text)=\(chain.answer)" },
        { chain, _ in ResponseText.response(chain.steps.reversed()) },
        { chain, _ in ResponseText.response(chain.steps + chain.steps.suffix(1)) },
        { chain, _ in chain.commuted },
        { chain, _ in chain.throughNegativeNumber },
        { chain, generator in chain.ofAnotherProblem(using: &generator) },
    ]

    @Sendable private static func claim(_ chain: ArithmeticChain, using generator: inout KeyedGenerator) -> String {
        let claims = Forgery.claims(prompt: chain.problem(level: 1).prompt, answer: chain.answer)
        return claims[generator.index(below: claims.count)]
    }
}

extension ArithmeticChain {
    /// Wrong: one result is off; the later steps go on from it, or as if it were not.
    fileprivate func slipped(carriedOn: Bool, using generator: inout KeyedGenerator) -> String {
        var steps = steps
        let index = generator.index(below: steps.count)
        steps[index].result = ArithmeticSlip.result(of: steps[index], using: &generator)
        if carriedOn {
            for later in steps.indices.dropFirst(index + 1) {
                steps[later].left = steps[later - 1].result
                steps[later].result = steps[later].trueResult ?? 1
            }
        }
        return ResponseText.response(steps)
    }

    /// Wrong: the last operation first, as those would do who know that products go before sums.
    fileprivate var productsFirst: String {
        let swapped = ArithmeticChain(first: first, links: Array(links.dropLast(2)) + links.suffix(2).reversed())
        return swapped.links == links ? "" : ResponseText.response(swapped.steps)
    }

    /// Wrong: the operands of the first step change places.
    fileprivate var commuted: String {
        var steps = steps
        if steps[0].left == steps[0].right { return "" }
        (steps[0].left, steps[0].right) = (steps[0].right, steps[0].left)
        return ResponseText.response(steps)
    }

    /// Wrong: a detour below zero that comes back to the answer.
    fileprivate var throughNegativeNumber: String {
        "\(first)-\(first + 1)=-1\n" + links.dropFirst().map { _ in "-1+\(answer + 1)=\(answer)" }.joined(separator: "\n")
    }

    /// Wrong: right steps of a chain that starts elsewhere.
    fileprivate func ofAnotherProblem(using generator: inout KeyedGenerator) -> String {
        ResponseText.response(ArithmeticChain(first: first + 1 + generator.index(below: 9), links: links).steps)
    }
}
