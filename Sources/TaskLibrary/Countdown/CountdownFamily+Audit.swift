public import Autodidact
public import Randomness

extension CountdownFamily {
    /// Labelled responses over all levels: a third right, a third honestly wrong, a third adversarial.
    ///
    /// Labels hold by construction. The wrong ones rest on one fact: the steps of a response fix the numbers it can be right for (all
    /// operands less all results but the last, as multisets) and the target (the last result), so what is played from other numbers
    /// or ends elsewhere is wrong here.
    public func auditItems(count: Int, using generator: inout KeyedGenerator) -> [AuditItem] {
        Self.auditPlan.items(count: count, of: self, reading: { CountdownReference($0.reference) }, using: &generator)
    }

    private static let auditPlan = AuditPlan<CountdownReference>(
        right: [
            { reference, _ in reference.solution },
            { reference, _ in reference.solution + "\n" },
            { reference, _ in reference.commuted },
            { reference, generator in reference.reordered(using: &generator) },
            { reference, generator in reference.otherSolution(using: &generator) },
        ],
        wrong: [
            { reference, generator in reference.nearMiss(using: &generator) },
            { reference, generator in reference.slipped(using: &generator) },
            { reference, _ in ResponseText.response(reference.solutionSteps.dropLast()) },
            { reference, generator in reference.played(NumberPool(reference.numbers.dropFirst()), using: &generator) },
        ],
        adversarial: specialForgeries
            + Forgery.disguises.map { disguise in { reference, _ in disguise(reference.solution) } }
            + [claim, claim, claim, claim]
    )

    private static let specialForgeries: [AuditPlan<CountdownReference>.Maker] = [
        { reference, _ in reference.fakedSteps },
        { reference, _ in reference.reusedNumber },
        { reference, _ in reference.inventedNumber },
        { reference, _ in reference.paddedWithZeros },
        { reference, _ in reference.asOneExpression },
        { reference, _ in reference.throughNegativeNumber },
        { reference, generator in reference.playedWithRepeat(using: &generator) },
        { reference, generator in reference.played(NumberPool(reference.numbers + [1]), using: &generator) },
    ]

    @Sendable private static func claim(_ reference: CountdownReference, using generator: inout KeyedGenerator) -> String {
        let claims = Forgery.claims(prompt: reference.problem(level: 1).prompt, answer: reference.target)
        return claims[generator.index(below: claims.count)]
    }
}

extension CountdownReference {
    /// How hard audits look for a play that ends where they want it.
    private static let tries = 400

    /// The stored solution, step by step.
    fileprivate var solutionSteps: [WrittenStep] {
        (ResponseText.lines(of: solution) ?? []).compactMap { line in
            do { return try WrittenStep(line: line) } catch { return nil }
        }
    }

    /// Right: the operands of sums and products exchanged.
    fileprivate var commuted: String {
        ResponseText.response(
            solutionSteps.map { step in
                step.operation == .plus || step.operation == .times
                    ? WrittenStep(step.right, step.operation, step.left, gives: step.result) : step
            }
        )
    }

    /// Right: neighbouring steps exchanged where the later one does not need the earlier one's result.
    fileprivate func reordered(using generator: inout KeyedGenerator) -> String {
        var steps = solutionSteps
        guard steps.count > 1 else { return solution }
        for _ in 0..<2 * steps.count {
            let index = generator.index(below: steps.count - 1)
            let (early, late) = (steps[index], steps[index + 1])
            if late.left != early.result && late.right != early.result { steps.swapAt(index, index + 1) }
        }
        return ResponseText.response(steps)  // the last step needs the result before it, so it has stayed the last
    }

    /// Right: another play that ends at the target, if one is found.
    fileprivate func otherSolution(using generator: inout KeyedGenerator) -> String {
        for _ in 0..<8 {
            let play = Derivation(toward: target, playing: NumberPool(numbers), tries: Self.tries, using: &generator)
            if play.end == target && play.response != solution { return play.response }
        }
        return solution
    }

    /// Wrong: all true and complete, but it ends elsewhere.
    fileprivate func nearMiss(using generator: inout KeyedGenerator) -> String {
        for _ in 0..<Self.tries {
            let play = Derivation(playing: NumberPool(numbers), using: &generator)
            if play.end != target { return play.response }
        }
        return ""
    }

    /// Wrong: one result is off, and the rest goes on as if it were not.
    fileprivate func slipped(using generator: inout KeyedGenerator) -> String {
        var steps = solutionSteps
        let index = generator.index(below: steps.count)
        steps[index].result += [1, 2, 10, 100][generator.index(below: 4)]
        return ResponseText.response(steps)
    }

    /// Wrong for any other multiset of numbers: true steps from `pool`, toward the target.
    fileprivate func played(_ pool: NumberPool, using generator: inout KeyedGenerator) -> String {
        Derivation(toward: target, playing: pool, tries: Self.tries, using: &generator).response
    }

    /// Wrong: true steps to the target in which one number is used once more instead of another.
    fileprivate func playedWithRepeat(using generator: inout KeyedGenerator) -> String {
        var others = numbers
        let repeated = others.remove(at: generator.index(below: others.count))
        guard let index = others.firstIndex(where: { $0 != repeated }) else { return reusedNumber }
        others[index] = repeated
        return played(NumberPool(others + [repeated]), using: &generator)
    }

    /// Wrong by its form: the whole solution in one line.
    fileprivate var asOneExpression: String {
        var parts = numbers.map { (value: $0, text: "\($0)") }
        for step in solutionSteps {
            let operands = [step.left, step.right].map { number in
                parts.firstIndex { $0.value == number }.map { parts.remove(at: $0).text } ?? "\(number)"
            }
            parts.append((step.result, "(\(operands[0])\(step.operation.sign)\(operands[1]))"))
        }
        return "\(parts.last?.text ?? "")=\(target)"
    }

    /// Wrong: a step gives less than 1, and the last one takes it back.
    fileprivate var throughNegativeNumber: String {
        let sorted = numbers.sorted()
        let (low, high) = (sorted[0], sorted[sorted.count - 1])
        return "\(low)-\(high)=\(low - high)\n\(target - low + high)+\(low - high)=\(target)"
    }
}
